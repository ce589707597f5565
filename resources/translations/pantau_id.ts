<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="id_ID" sourcelanguage="en">
<context>
    <name>Ask</name>
    <message>
        <source>A question</source>
        <translation>Pertanyaan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>Branch</name>
    <message>
        <source>No police unit named</source>
        <translation>Tanpa satuan polisi</translation>
    </message>
    <message>
        <source>Polda {0}</source>
        <translation>Polda {0}</translation>
    </message>
    <message>
        <source>Polres {0}</source>
        <translation>Polres {0}</translation>
    </message>
    <message>
        <source>Polsek {0}</source>
        <translation>Polsek {0}</translation>
    </message>
    <message>
        <source>Subsector {0}</source>
        <translation>Subsektor {0}</translation>
    </message>
    <message>
        <source>{0} · similar spelling</source>
        <translation>{0} · ejaan mirip</translation>
    </message>
</context>
<context>
    <name>Category</name>
    <message>
        <source>Cameras</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Konsol</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Tata letak</translation>
    </message>
    <message>
        <source>Looking closely</source>
        <translation>Pengamatan</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Layar</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Petak</translation>
    </message>
    <message>
        <source>Tours and salvos</source>
        <translation>Tur dan salvo</translation>
    </message>
</context>
<context>
    <name>Closer</name>
    <message>
        <source>Everybody may look at this camera: it needs no purpose.</source>
        <translation>Kamera ini boleh dilihat siapa saja: tidak perlu alasan.</translation>
    </message>
    <message>
        <source>Select a tile with a camera first.</source>
        <translation>Pilih dahulu petak yang berisi kamera.</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>A locked layout shows a padlock and cannot be changed by accident.</source>
        <translation>Tata letak yang terkunci bergambar gembok dan tidak dapat diubah tanpa sengaja.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Brings back the cameras and the layout from before the last change.</source>
        <translation>Mengembalikan kamera dan tata letak sebelum perubahan terakhir.</translation>
    </message>
    <message>
        <source>Brings back what this wall showed before a chief&apos;s order came.</source>
        <translation>Mengembalikan yang ditampilkan dinding ini sebelum perintah atasan datang.</translation>
    </message>
    <message>
        <source>Calls up several tiles at once, on all monitors of the salvo.</source>
        <translation>Memanggil beberapa petak sekaligus di semua monitor salvo.</translation>
    </message>
    <message>
        <source>Camera list in its own window</source>
        <translation>Daftar kamera di jendela sendiri</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Ubah tombol…</translation>
    </message>
    <message>
        <source>Clear the tile</source>
        <translation>Kosongkan petak</translation>
    </message>
    <message>
        <source>Closes the wall on all monitors.</source>
        <translation>Menutup dinding di semua monitor.</translation>
    </message>
    <message>
        <source>Colours: dark room</source>
        <translation>Warna: ruang gelap</translation>
    </message>
    <message>
        <source>Colours: high contrast</source>
        <translation>Warna: kontras tinggi</translation>
    </message>
    <message>
        <source>Delete the layout…</source>
        <translation>Hapus tata letak…</translation>
    </message>
    <message>
        <source>Edit the layout…</source>
        <translation>Ubah tata letak…</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>Akhiri tur</translation>
    </message>
    <message>
        <source>Ends the tour and brings back what the monitor showed before.</source>
        <translation>Mengakhiri tur dan mengembalikan tampilan monitor sebelumnya.</translation>
    </message>
    <message>
        <source>Ends the zoom of the selected tile.</source>
        <translation>Mengakhiri zum petak terpilih.</translation>
    </message>
    <message>
        <source>Ends your shift; the wall goes on.</source>
        <translation>Mengakhiri giliran jaga Anda; dinding tetap berjalan.</translation>
    </message>
    <message>
        <source>Enlarges the middle of the selected tile&apos;s picture.</source>
        <translation>Memperbesar bagian tengah gambar petak terpilih.</translation>
    </message>
    <message>
        <source>Figures on all tiles</source>
        <translation>Statistik di semua petak</translation>
    </message>
    <message>
        <source>Figures on the selected tile</source>
        <translation>Statistik di petak terpilih</translation>
    </message>
    <message>
        <source>Fill the wall, and back</source>
        <translation>Penuhi dinding, dan kembali</translation>
    </message>
    <message>
        <source>Fills the screen with the wall; again brings the window back.</source>
        <translation>Memenuhi layar dengan dinding; sekali lagi mengembalikan jendela.</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Cari perintah</translation>
    </message>
    <message>
        <source>Finds any command, layout or tour by a few letters of its name.</source>
        <translation>Mencari perintah, tata letak, atau tur dengan beberapa huruf namanya.</translation>
    </message>
    <message>
        <source>Finds cameras by name, code, alias or kelurahan.</source>
        <translation>Mencari kamera menurut nama, kode, nama lain, atau kelurahan.</translation>
    </message>
    <message>
        <source>For IT: the registry&apos;s list that is held back, so many are missing.</source>
        <translation>Untuk TI: daftar registri yang ditahan karena begitu banyak yang hilang.</translation>
    </message>
    <message>
        <source>For chiefs: shows what posts&apos; walls show, and directs them.</source>
        <translation>Untuk atasan: memperlihatkan isi dinding pos-pos, dan mengendalikannya.</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Layar penuh</translation>
    </message>
    <message>
        <source>Gives commands other keys.</source>
        <translation>Mengganti tombol untuk perintah.</translation>
    </message>
    <message>
        <source>Gives the tiles the room of the camera list, and back.</source>
        <translation>Memberikan ruang daftar kamera kepada petak, dan kembali.</translation>
    </message>
    <message>
        <source>Gives this monitor&apos;s saved layout another name.</source>
        <translation>Mengganti nama tata letak tersimpan di monitor ini.</translation>
    </message>
    <message>
        <source>Goes back to the layout before in the list.</source>
        <translation>Kembali ke tata letak sebelumnya dalam daftar.</translation>
    </message>
    <message>
        <source>Goes forward again through what the selected tile showed.</source>
        <translation>Maju lagi menelusuri isi petak terpilih.</translation>
    </message>
    <message>
        <source>Goes on to the next layout in the list.</source>
        <translation>Lanjut ke tata letak berikutnya dalam daftar.</translation>
    </message>
    <message>
        <source>Hand over to the next officer</source>
        <translation>Serah terima ke petugas berikutnya</translation>
    </message>
    <message>
        <source>Health of this wall&apos;s cameras</source>
        <translation>Keadaan kamera di dinding ini</translation>
    </message>
    <message>
        <source>Help: all keys</source>
        <translation>Bantuan: semua tombol</translation>
    </message>
    <message>
        <source>Hides the controls until your PIN; the wall goes on.</source>
        <translation>Menyembunyikan kendali sampai PIN Anda; dinding tetap berjalan.</translation>
    </message>
    <message>
        <source>Holds the tour at this step; again lets it go on.</source>
        <translation>Menahan tur di langkah ini; sekali lagi melanjutkannya.</translation>
    </message>
    <message>
        <source>Identify the monitors</source>
        <translation>Kenali monitor</translation>
    </message>
    <message>
        <source>Keeps this monitor&apos;s layout and cameras under a new name.</source>
        <translation>Menyimpan tata letak dan kamera monitor ini dengan nama baru.</translation>
    </message>
    <message>
        <source>Keeps this monitor&apos;s layout and cameras under their name.</source>
        <translation>Menyimpan tata letak dan kamera monitor ini dengan namanya.</translation>
    </message>
    <message>
        <source>Keys go to the monitor before from now on.</source>
        <translation>Mulai sekarang tombol berlaku untuk monitor sebelumnya.</translation>
    </message>
    <message>
        <source>Keys go to the next monitor from now on.</source>
        <translation>Mulai sekarang tombol berlaku untuk monitor berikutnya.</translation>
    </message>
    <message>
        <source>Language: Bahasa Indonesia</source>
        <translation>Bahasa: Bahasa Indonesia</translation>
    </message>
    <message>
        <source>Language: English</source>
        <translation>Bahasa: English</translation>
    </message>
    <message>
        <source>Layout {0}</source>
        <translation>Tata letak {0}</translation>
    </message>
    <message>
        <source>Lays the tiles out anew; every tile keeps its camera.</source>
        <translation>Menata ulang petak; kamera setiap petak tetap.</translation>
    </message>
    <message>
        <source>Leaves what is temporary, the nearest first.</source>
        <translation>Meninggalkan yang sementara, mulai dari yang terdekat.</translation>
    </message>
    <message>
        <source>Lets other posts and officers open this monitor&apos;s saved layout.</source>
        <translation>Mengizinkan pos dan petugas lain membuka tata letak tersimpan monitor ini.</translation>
    </message>
    <message>
        <source>Lists all keys and what they do.</source>
        <translation>Menampilkan semua tombol dan kegunaannya.</translation>
    </message>
    <message>
        <source>Lists dead tiles and incidents; the next officer accepts with a PIN.</source>
        <translation>Mendaftar petak mati dan kejadian; petugas berikutnya menerima dengan PIN.</translation>
    </message>
    <message>
        <source>Lists the cameras on the wall, the worst first.</source>
        <translation>Menampilkan kamera di dinding, yang terburuk lebih dulu.</translation>
    </message>
    <message>
        <source>Lock or unlock the layout</source>
        <translation>Kunci atau buka kunci tata letak</translation>
    </message>
    <message>
        <source>Lock the controls</source>
        <translation>Kunci kendali</translation>
    </message>
    <message>
        <source>Look further down</source>
        <translation>Geser pandangan ke bawah</translation>
    </message>
    <message>
        <source>Look further left</source>
        <translation>Geser pandangan ke kiri</translation>
    </message>
    <message>
        <source>Look further right</source>
        <translation>Geser pandangan ke kanan</translation>
    </message>
    <message>
        <source>Look further up</source>
        <translation>Geser pandangan ke atas</translation>
    </message>
    <message>
        <source>Main menu</source>
        <translation>Menu utama</translation>
    </message>
    <message>
        <source>Make the tile the hotspot</source>
        <translation>Jadikan petak ini petak sorot</translation>
    </message>
    <message>
        <source>Make tours and salvos…</source>
        <translation>Buat tur dan salvo…</translation>
    </message>
    <message>
        <source>Makes, changes and deletes tours and salvos.</source>
        <translation>Membuat, mengubah, dan menghapus tur dan salvo.</translation>
    </message>
    <message>
        <source>Map of the cameras</source>
        <translation>Peta kamera</translation>
    </message>
    <message>
        <source>Menu of the tile</source>
        <translation>Menu petak</translation>
    </message>
    <message>
        <source>Moves the part that is seen of a zoomed picture down.</source>
        <translation>Menggeser bagian gambar zum yang terlihat ke bawah.</translation>
    </message>
    <message>
        <source>Moves the part that is seen of a zoomed picture to the left.</source>
        <translation>Menggeser bagian gambar zum yang terlihat ke kiri.</translation>
    </message>
    <message>
        <source>Moves the part that is seen of a zoomed picture to the right.</source>
        <translation>Menggeser bagian gambar zum yang terlihat ke kanan.</translation>
    </message>
    <message>
        <source>Moves the part that is seen of a zoomed picture up.</source>
        <translation>Menggeser bagian gambar zum yang terlihat ke atas.</translation>
    </message>
    <message>
        <source>Moves the yellow frame one tile down.</source>
        <translation>Memindahkan bingkai kuning satu petak ke bawah.</translation>
    </message>
    <message>
        <source>Moves the yellow frame one tile to the left.</source>
        <translation>Memindahkan bingkai kuning satu petak ke kiri.</translation>
    </message>
    <message>
        <source>Moves the yellow frame one tile to the right.</source>
        <translation>Memindahkan bingkai kuning satu petak ke kanan.</translation>
    </message>
    <message>
        <source>Moves the yellow frame one tile up.</source>
        <translation>Memindahkan bingkai kuning satu petak ke atas.</translation>
    </message>
    <message>
        <source>New layout…</source>
        <translation>Tata letak baru…</translation>
    </message>
    <message>
        <source>Next camera of the tile</source>
        <translation>Kamera berikutnya di petak</translation>
    </message>
    <message>
        <source>Next layout</source>
        <translation>Tata letak berikutnya</translation>
    </message>
    <message>
        <source>Next monitor</source>
        <translation>Monitor berikutnya</translation>
    </message>
    <message>
        <source>Next step of the tour</source>
        <translation>Langkah tur berikutnya</translation>
    </message>
    <message>
        <source>No hotspot</source>
        <translation>Tanpa petak sorot</translation>
    </message>
    <message>
        <source>No tile follows the selection any more.</source>
        <translation>Tidak ada lagi petak yang mengikuti pilihan.</translation>
    </message>
    <message>
        <source>Note an incident</source>
        <translation>Catat kejadian</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>Buka {0}</translation>
    </message>
    <message>
        <source>Opens the layout editor with an empty layout.</source>
        <translation>Membuka penyunting dengan tata letak kosong.</translation>
    </message>
    <message>
        <source>Opens the layout editor with this monitor&apos;s layout.</source>
        <translation>Membuka penyunting dengan tata letak monitor ini.</translation>
    </message>
    <message>
        <source>Opens the menu of all commands.</source>
        <translation>Membuka menu semua perintah.</translation>
    </message>
    <message>
        <source>Opens the report: which cameras were seen, and when last.</source>
        <translation>Membuka laporan: kamera yang telah dilihat dan kapan terakhir.</translation>
    </message>
    <message>
        <source>Opens what can be done with the selected tile.</source>
        <translation>Membuka menu tindakan untuk petak terpilih.</translation>
    </message>
    <message>
        <source>Pause the tour, and go on</source>
        <translation>Jeda tur, dan lanjutkan</translation>
    </message>
    <message>
        <source>Previous camera of the tile</source>
        <translation>Kamera sebelumnya di petak</translation>
    </message>
    <message>
        <source>Previous layout</source>
        <translation>Tata letak sebelumnya</translation>
    </message>
    <message>
        <source>Previous monitor</source>
        <translation>Monitor sebelumnya</translation>
    </message>
    <message>
        <source>Previous step of the tour</source>
        <translation>Langkah tur sebelumnya</translation>
    </message>
    <message>
        <source>Purpose of viewing…</source>
        <translation>Tujuan melihat…</translation>
    </message>
    <message>
        <source>Quiet colours for a dark control room.</source>
        <translation>Warna tenang untuk ruang kendali yang gelap.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Keluar</translation>
    </message>
    <message>
        <source>Release the remote control</source>
        <translation>Lepaskan kendali jarak jauh</translation>
    </message>
    <message>
        <source>Removes this monitor&apos;s saved layout; its cameras stay on the wall.</source>
        <translation>Menghapus tata letak tersimpan monitor ini; kameranya tetap di dinding.</translation>
    </message>
    <message>
        <source>Rename the layout…</source>
        <translation>Ganti nama tata letak…</translation>
    </message>
    <message>
        <source>Salvo {0}</source>
        <translation>Salvo {0}</translation>
    </message>
    <message>
        <source>Save the layout</source>
        <translation>Simpan tata letak</translation>
    </message>
    <message>
        <source>Save the layout as…</source>
        <translation>Simpan tata letak sebagai…</translation>
    </message>
    <message>
        <source>Saves the selected tile&apos;s picture with a record of when, who and why.</source>
        <translation>Menyimpan gambar petak terpilih beserta catatan waktu, petugas, dan tujuan.</translation>
    </message>
    <message>
        <source>Search for a camera</source>
        <translation>Cari kamera</translation>
    </message>
    <message>
        <source>Select the tile above</source>
        <translation>Pilih petak di atas</translation>
    </message>
    <message>
        <source>Select the tile below</source>
        <translation>Pilih petak di bawah</translation>
    </message>
    <message>
        <source>Select the tile to the left</source>
        <translation>Pilih petak di kiri</translation>
    </message>
    <message>
        <source>Select the tile to the right</source>
        <translation>Pilih petak di kanan</translation>
    </message>
    <message>
        <source>Share the layout…</source>
        <translation>Bagikan tata letak…</translation>
    </message>
    <message>
        <source>Shift: sign in, unlock</source>
        <translation>Giliran jaga: masuk, buka kunci</translation>
    </message>
    <message>
        <source>Show or hide the camera list</source>
        <translation>Tampilkan atau sembunyikan daftar kamera</translation>
    </message>
    <message>
        <source>Shows a saved layout with its cameras.</source>
        <translation>Menampilkan tata letak tersimpan beserta kameranya.</translation>
    </message>
    <message>
        <source>Shows each monitor&apos;s number large for a moment.</source>
        <translation>Menampilkan sebentar nomor setiap monitor dengan angka besar.</translation>
    </message>
    <message>
        <source>Shows every word of the console in English.</source>
        <translation>Menampilkan semua kata konsol dalam bahasa Inggris.</translation>
    </message>
    <message>
        <source>Shows every word of the console in Indonesian.</source>
        <translation>Menampilkan semua kata konsol dalam bahasa Indonesia.</translation>
    </message>
    <message>
        <source>Shows more of the selected tile&apos;s picture.</source>
        <translation>Menampilkan lebih banyak bagian gambar petak terpilih.</translation>
    </message>
    <message>
        <source>Shows on this monitor the cameras that nobody has seen for longest.</source>
        <translation>Menampilkan di monitor ini kamera yang paling lama tidak dilihat.</translation>
    </message>
    <message>
        <source>Shows the selected tile alone and sharper; again brings the others back.</source>
        <translation>Menampilkan petak terpilih saja dan lebih tajam; sekali lagi mengembalikan yang lain.</translation>
    </message>
    <message>
        <source>Shows the tour&apos;s layouts one after another on this monitor.</source>
        <translation>Menampilkan tata letak tur secara bergiliran di monitor ini.</translation>
    </message>
    <message>
        <source>Shows the tour&apos;s next step at once.</source>
        <translation>Langsung menampilkan langkah tur berikutnya.</translation>
    </message>
    <message>
        <source>Shows the tour&apos;s step before once more.</source>
        <translation>Menampilkan lagi langkah tur sebelumnya.</translation>
    </message>
    <message>
        <source>Shows what the selected tile showed before, up to eight cameras back.</source>
        <translation>Menampilkan isi petak terpilih sebelumnya, hingga delapan kamera ke belakang.</translation>
    </message>
    <message>
        <source>Shows what was measured of every stream; again hides it.</source>
        <translation>Menampilkan hasil ukur setiap aliran video; sekali lagi menyembunyikannya.</translation>
    </message>
    <message>
        <source>Shows what was measured of the tile&apos;s stream; again hides it.</source>
        <translation>Menampilkan hasil ukur aliran video petak; sekali lagi menyembunyikannya.</translation>
    </message>
    <message>
        <source>Shows where the cameras stand; one can be called up from there.</source>
        <translation>Menampilkan letak kamera; kamera dapat dipanggil dari sana.</translation>
    </message>
    <message>
        <source>Shows who is on duty, and asks for service number and PIN.</source>
        <translation>Menunjukkan siapa yang bertugas, dan meminta NRP serta PIN.</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Akhiri giliran</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>Ambil gambar</translation>
    </message>
    <message>
        <source>States why the selected private camera is watched.</source>
        <translation>Menyatakan tujuan melihat kamera pribadi terpilih.</translation>
    </message>
    <message>
        <source>Stronger colours for bright rooms and tired eyes.</source>
        <translation>Warna lebih kuat untuk ruang terang dan mata lelah.</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>Batalkan perubahan terakhir</translation>
    </message>
    <message>
        <source>Takes the camera list out of the wall, or back beside the tiles.</source>
        <translation>Melepas daftar kamera dari dinding, atau mengembalikannya ke samping petak.</translation>
    </message>
    <message>
        <source>Takes the camera off the selected tile; its neighbours stay in place.</source>
        <translation>Melepas kamera dari petak terpilih; petak lain tetap di tempatnya.</translation>
    </message>
    <message>
        <source>The tile shows the camera of whichever other tile is selected.</source>
        <translation>Petak ini menampilkan kamera dari petak lain yang sedang dipilih.</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>Gambar utuh</translation>
    </message>
    <message>
        <source>Tour of the least recently seen</source>
        <translation>Tur kamera yang paling lama tidak dilihat</translation>
    </message>
    <message>
        <source>Tour {0}</source>
        <translation>Tur {0}</translation>
    </message>
    <message>
        <source>Use the shorter camera list…</source>
        <translation>Pakai daftar kamera yang lebih pendek…</translation>
    </message>
    <message>
        <source>Walls of posts…</source>
        <translation>Dinding pos…</translation>
    </message>
    <message>
        <source>Which cameras were seen</source>
        <translation>Kamera yang telah dilihat</translation>
    </message>
    <message>
        <source>Writes down what happens there, for the next handover.</source>
        <translation>Mencatat apa yang terjadi di sana, untuk serah terima berikutnya.</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Perbesar</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Perkecil</translation>
    </message>
</context>
<context>
    <name>Coverage</name>
    <message>
        <source>All active cameras of this post that need no purpose</source>
        <translation>Semua kamera aktif di pos ini yang tidak memerlukan tujuan</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Cameras not seen lately, the longest unseen first</source>
        <translation>Kamera yang belakangan ini tidak dilihat, yang terlama lebih dulu</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Cakupan</translation>
    </message>
    <message>
        <source>Enter or double-click shows the camera · Esc closes this page</source>
        <translation>Enter atau klik ganda menampilkan kamera · Esc menutup halaman ini</translation>
    </message>
    <message>
        <source>Esc closes this page</source>
        <translation>Esc menutup halaman ini</translation>
    </message>
    <message>
        <source>Every camera was seen within {0} min.</source>
        <translation>Semua kamera telah dilihat dalam {0} menit terakhir.</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Terakhir dilihat</translation>
    </message>
    <message>
        <source>Last tried in vain</source>
        <translation>Terakhir dicoba tanpa hasil</translation>
    </message>
    <message>
        <source>Longest unseen: {0} ({1}).</source>
        <translation>Paling lama tidak dilihat: {0} ({1}).</translation>
    </message>
    <message>
        <source>Not seen at all: {0}.</source>
        <translation>Belum pernah dilihat: {0}.</translation>
    </message>
    <message>
        <source>On the wall without a live picture: {0}.</source>
        <translation>Di dinding tanpa gambar langsung: {0}.</translation>
    </message>
    <message>
        <source>Start the coverage tour</source>
        <translation>Mulai tur cakupan</translation>
    </message>
    <message>
        <source>Start the coverage tour (T)</source>
        <translation>Mulai tur cakupan (T)</translation>
    </message>
    <message>
        <source>There is no camera to watch.</source>
        <translation>Tidak ada kamera untuk diawasi.</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>dan {0} lagi</translation>
    </message>
    <message>
        <source>counted for {0}, since this console was started</source>
        <translation>dihitung selama {0}, sejak konsol ini dimulai</translation>
    </message>
    <message>
        <source>not at all</source>
        <translation>belum pernah</translation>
    </message>
    <message>
        <source>{0} ago</source>
        <translation>{0} lalu</translation>
    </message>
    <message>
        <source>{0} of {1} cameras were seen within {2} min ({3})</source>
        <translation>{0} dari {1} kamera telah dilihat dalam {2} menit terakhir ({3})</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>Fri</source>
        <translation>Jum</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>Sen</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>Sab</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>Mgg</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>Kam</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>Sel</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>Rab</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>The first {0} of {1} cameras are shown.</source>
        <translation>Yang ditampilkan: {0} kamera pertama dari {1}.</translation>
    </message>
    <message>
        <source>The windows follow as soon as the open page is put away.</source>
        <translation>Jendela menyusul begitu halaman yang terbuka ditutup.</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>{0} d</source>
        <translation>{0} hari</translation>
    </message>
    <message>
        <source>{0} d {1} h</source>
        <translation>{0} hari {1} jam</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} jam</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} jam {1} mnt</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} mnt</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} mnt {1} dtk</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} dtk</translation>
    </message>
</context>
<context>
    <name>Duty</name>
    <message>
        <source>Another officer</source>
        <translation>Petugas lain</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Memeriksa…</translation>
    </message>
    <message>
        <source>Go on without signing in: public cameras only</source>
        <translation>Lanjutkan tanpa masuk: hanya kamera umum</translation>
    </message>
    <message>
        <source>Hand over to the next officer</source>
        <translation>Serah terima ke petugas berikutnya</translation>
    </message>
    <message>
        <source>IT</source>
        <translation>TI</translation>
    </message>
    <message>
        <source>IT has locked this officer.</source>
        <translation>TI telah mengunci petugas ini.</translation>
    </message>
    <message>
        <source>Lock the controls</source>
        <translation>Kunci kendali</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Terkunci</translation>
    </message>
    <message>
        <source>Nobody has signed in.</source>
        <translation>Belum ada yang masuk.</translation>
    </message>
    <message>
        <source>Nobody has signed in: {0}</source>
        <translation>Belum ada yang masuk: {0}</translation>
    </message>
    <message>
        <source>Note it</source>
        <translation>Catat</translation>
    </message>
    <message>
        <source>Noted: it is on the list of the next handover.</source>
        <translation>Tercatat: masuk daftar serah terima berikutnya.</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>Sedang bertugas</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>Nomor NRP</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Giliran jaga</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Masuk</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Akhiri giliran</translation>
    </message>
    <message>
        <source>Sign off without handing over?</source>
        <translation>Akhiri giliran tanpa serah terima?</translation>
    </message>
    <message>
        <source>Signed in: {0}</source>
        <translation>Telah masuk: {0}</translation>
    </message>
    <message>
        <source>Somebody else has signed in at this post.</source>
        <translation>Orang lain telah masuk di pos ini.</translation>
    </message>
    <message>
        <source>The controls are locked</source>
        <translation>Kendali terkunci</translation>
    </message>
    <message>
        <source>The controls are locked: {0}</source>
        <translation>Kendali terkunci: {0}</translation>
    </message>
    <message>
        <source>The controls are locked; the wall goes on. Any key asks for the PIN.</source>
        <translation>Kendali terkunci; dinding tetap berjalan. Tombol apa pun meminta PIN.</translation>
    </message>
    <message>
        <source>The controls are yours again.</source>
        <translation>Kendali kembali milik Anda.</translation>
    </message>
    <message>
        <source>The officer has signed in at another post.</source>
        <translation>Petugas telah masuk di pos lain.</translation>
    </message>
    <message>
        <source>The registry does not know this shift any more.</source>
        <translation>Registri tidak lagi mengenal giliran jaga ini.</translation>
    </message>
    <message>
        <source>The shift ends soon: hand over, or sign in again ({0}).</source>
        <translation>Giliran jaga segera berakhir: serah terimakan, atau masuk lagi ({0}).</translation>
    </message>
    <message>
        <source>The shift was signed off.</source>
        <translation>Giliran jaga telah diakhiri.</translation>
    </message>
    <message>
        <source>The time of the shift is over.</source>
        <translation>Waktu giliran jaga telah habis.</translation>
    </message>
    <message>
        <source>The wall goes on. Your PIN brings the controls back.</source>
        <translation>Dinding tetap berjalan. PIN Anda mengembalikan kendali.</translation>
    </message>
    <message>
        <source>The wall was handed over.</source>
        <translation>Dinding telah diserahterimakan.</translation>
    </message>
    <message>
        <source>This is done in an officer&apos;s name: sign in with {0} first.</source>
        <translation>Ini dilakukan atas nama petugas: masuk dulu dengan {0}.</translation>
    </message>
    <message>
        <source>Too many wrong PINs ended the shift.</source>
        <translation>Terlalu banyak PIN salah mengakhiri giliran jaga.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Buka kunci</translation>
    </message>
    <message>
        <source>Verified by this PC alone. Lock and unlock when the registry is back.</source>
        <translation>Diverifikasi oleh PC ini saja. Kunci dan buka lagi bila registri kembali.</translation>
    </message>
    <message>
        <source>View only</source>
        <translation>Hanya lihat</translation>
    </message>
    <message>
        <source>View only: public cameras, until somebody can sign in.</source>
        <translation>Hanya lihat: kamera umum, sampai ada yang dapat masuk.</translation>
    </message>
    <message>
        <source>What happens at tile {0}?</source>
        <translation>Apa yang terjadi di petak {0}?</translation>
    </message>
    <message>
        <source>Your service number and PIN. What you look at is written down with your name.</source>
        <translation>NRP dan PIN Anda. Apa yang Anda lihat dicatat dengan nama Anda.</translation>
    </message>
    <message>
        <source>chief</source>
        <translation>atasan</translation>
    </message>
    <message>
        <source>officer</source>
        <translation>petugas</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>1 camera found</source>
        <translation>1 kamera ditemukan</translation>
    </message>
    <message>
        <source>Cameras by a query</source>
        <translation>Kamera menurut permintaan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Kolom</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Drag or Shift + arrows select fields · 2, 3, 4 split a tile into 2 × 2, 3 × 3, 4 × 4 · M on free fields makes a tile of them</source>
        <translation>Seret atau Shift + panah memilih bidang · 2, 3, 4 membagi petak menjadi 2 × 2, 3 × 3, 4 × 4 · M pada bidang kosong menjadikannya petak</translation>
    </message>
    <message>
        <source>Edit the layout</source>
        <translation>Ubah tata letak</translation>
    </message>
    <message>
        <source>Grid of the layout</source>
        <translation>Kisi tata letak</translation>
    </message>
    <message>
        <source>Hotspot</source>
        <translation>Petak sorot</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Terkunci</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Gabungkan</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Name of the layout</source>
        <translation>Nama tata letak</translation>
    </message>
    <message>
        <source>Not locked</source>
        <translation>Tidak terkunci</translation>
    </message>
    <message>
        <source>Number down</source>
        <translation>Nomor turun</translation>
    </message>
    <message>
        <source>Number up</source>
        <translation>Nomor naik</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Ulangi</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Renumber</source>
        <translation>Nomori ulang</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Baris</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Select one tile for this.</source>
        <translation>Pilih satu petak untuk ini.</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Bagi</translation>
    </message>
    <message>
        <source>The query is not understood.</source>
        <translation>Permintaan tidak dipahami.</translation>
    </message>
    <message>
        <source>There are changes. Esc once more leaves without saving them.</source>
        <translation>Ada perubahan. Esc sekali lagi keluar tanpa menyimpannya.</translation>
    </message>
    <message>
        <source>These changes are not saved yet. Esc twice leaves without saving them.</source>
        <translation>Perubahan ini belum disimpan. Esc dua kali keluar tanpa menyimpannya.</translation>
    </message>
    <message>
        <source>Tile {0}, {1}</source>
        <translation>Petak {0}, {1}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Urungkan</translation>
    </message>
    <message>
        <source>Without a query the cameras stay as they are.</source>
        <translation>Tanpa permintaan, kamera tetap seperti sekarang.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>kosong</translation>
    </message>
    <message>
        <source>kelurahan Gambir, public street</source>
        <translation>kelurahan Gambir, jalan umum</translation>
    </message>
    <message>
        <source>unknown camera</source>
        <translation>kamera tidak dikenal</translation>
    </message>
    <message>
        <source>{0} cameras found</source>
        <translation>{0} kamera ditemukan</translation>
    </message>
    <message>
        <source>{0} × {1} fields with the tiles {2}</source>
        <translation>{0} × {1} bidang dengan petak {2}</translation>
    </message>
    <message>
        <source>{0} × {1} free fields</source>
        <translation>{0} × {1} bidang kosong</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>&apos;keys&apos; is no object of chords and commands</source>
        <translation>&apos;keys&apos; bukan objek berisi pintasan dan perintah</translation>
    </message>
    <message>
        <source>A PEM file with the authority that signs the certificates of the registry and of cameras. Where it is not set, the system&apos;s authorities are believed.</source>
        <translation>Berkas PEM milik otoritas yang menandatangani sertifikat registri dan kamera. Bila tidak diatur, otoritas milik sistem yang dipercaya.</translation>
    </message>
    <message>
        <source>A PIN has {0} digits.</source>
        <translation>PIN terdiri atas {0} angka.</translation>
    </message>
    <message>
        <source>A log file of that size is put aside and a new one begun.</source>
        <translation>Berkas log sebesar itu disisihkan dan yang baru dimulai.</translation>
    </message>
    <message>
        <source>A service number has letters, digits, dots, slashes and dashes only.</source>
        <translation>NRP hanya berisi huruf, angka, titik, garis miring, dan tanda hubung.</translation>
    </message>
    <message>
        <source>A service number has {0} to {1} characters.</source>
        <translation>NRP terdiri atas {0} sampai {1} karakter.</translation>
    </message>
    <message>
        <source>A time is written like {0}.</source>
        <translation>Jam ditulis seperti {0}.</translation>
    </message>
    <message>
        <source>A wall is handed over to another officer.</source>
        <translation>Dinding diserahterimakan kepada petugas lain.</translation>
    </message>
    <message>
        <source>A wall that has ended by a fault is started again, later and later if it goes on.</source>
        <translation>Dinding yang berakhir karena gangguan dimulai lagi, dengan jeda yang makin lama bila terus terjadi.</translation>
    </message>
    <message>
        <source>Address of the registry</source>
        <translation>Alamat registri</translation>
    </message>
    <message>
        <source>After so many minutes without key or mouse the officer has to give the PIN again. 0 never locks.</source>
        <translation>Setelah sekian menit tanpa papan ketik atau tetikus, petugas harus memasukkan PIN lagi. 0 berarti tidak pernah terkunci.</translation>
    </message>
    <message>
        <source>All pictures carry who looks at them and when, not those of private cameras alone.</source>
        <translation>Semua gambar memuat siapa yang melihatnya dan kapan, tidak hanya gambar kamera pribadi.</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Selalu</translation>
    </message>
    <message>
        <source>Always the large stream</source>
        <translation>Selalu aliran besar</translation>
    </message>
    <message>
        <source>Always the small stream</source>
        <translation>Selalu aliran kecil</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Otomatis</translation>
    </message>
    <message>
        <source>Bahasa Indonesia</source>
        <translation>Bahasa Indonesia</translation>
    </message>
    <message>
        <source>By the size of the tile</source>
        <translation>Menurut ukuran petak</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Otoritas sertifikat</translation>
    </message>
    <message>
        <source>Choose a camera first: type a part of its name or code.</source>
        <translation>Pilih kamera dahulu: ketik sebagian nama atau kodenya.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Warna</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Gelap</translation>
    </message>
    <message>
        <source>Decoding by the graphics card</source>
        <translation>Dekode oleh kartu grafis</translation>
    </message>
    <message>
        <source>Drawn by libVLC</source>
        <translation>Digambar oleh libVLC</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Semuanya</translation>
    </message>
    <message>
        <source>Folder of snapshots</source>
        <translation>Folder cuplikan</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Layar penuh</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Kontras tinggi</translation>
    </message>
    <message>
        <source>Hours need at least one day.</source>
        <translation>Jam tayang memerlukan sedikitnya satu hari.</translation>
    </message>
    <message>
        <source>Hours overlap on {0} at {1}: {2} and {3}.</source>
        <translation>Jam tayang tumpang tindih pada {0} pukul {1}: {2} dan {3}.</translation>
    </message>
    <message>
        <source>How pictures reach the screen</source>
        <translation>Cara gambar sampai ke layar</translation>
    </message>
    <message>
        <source>IT has locked this officer, and only IT can unlock them.</source>
        <translation>TI telah mengunci petugas ini, dan hanya TI yang dapat membukanya.</translation>
    </message>
    <message>
        <source>Id of the post</source>
        <translation>Pengenal pos</translation>
    </message>
    <message>
        <source>It is managed by your organisation.</source>
        <translation>Diatur oleh organisasi Anda.</translation>
    </message>
    <message>
        <source>It is set for this PC by whoever administers it.</source>
        <translation>Diatur untuk PC ini oleh pengelolanya.</translation>
    </message>
    <message>
        <source>It names a camera that this post may not see.</source>
        <translation>Perintah itu menyebut kamera yang tidak boleh dilihat pos ini.</translation>
    </message>
    <message>
        <source>Keep the screens on</source>
        <translation>Layar tetap menyala</translation>
    </message>
    <message>
        <source>Keep to the measured limit</source>
        <translation>Patuhi batas yang terukur</translation>
    </message>
    <message>
        <source>Kiosk</source>
        <translation>Kios</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Bahasa</translation>
    </message>
    <message>
        <source>Language and colours</source>
        <translation>Bahasa dan warna</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Penguncian</translation>
    </message>
    <message>
        <source>Lock after minutes without input</source>
        <translation>Kunci setelah sekian menit tanpa masukan</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Catatan log</translation>
    </message>
    <message>
        <source>Monitor {0} is under remote control: release it first.</source>
        <translation>Monitor {0} sedang dikendalikan dari jauh: lepaskan dahulu.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Tidak pernah</translation>
    </message>
    <message>
        <source>No camera list is held back.</source>
        <translation>Tidak ada daftar kamera yang ditahan.</translation>
    </message>
    <message>
        <source>No remote control is on this wall.</source>
        <translation>Dinding ini tidak sedang dikendalikan dari jauh.</translation>
    </message>
    <message>
        <source>Nothing answers at {0}: the registry refuses connections.</source>
        <translation>Tidak ada yang menjawab di {0}: registri menolak sambungan.</translation>
    </message>
    <message>
        <source>Number of log files</source>
        <translation>Jumlah berkas log</translation>
    </message>
    <message>
        <source>Only IT agrees to a shorter camera list: sign in as IT.</source>
        <translation>Hanya TI yang menyetujui daftar kamera yang lebih pendek: masuklah sebagai TI.</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Tidak wajib</translation>
    </message>
    <message>
        <source>Painted by the wall</source>
        <translation>Digambar oleh dinding</translation>
    </message>
    <message>
        <source>Painted by the wall or drawn by libVLC directly. Automatic takes what costs this PC less.</source>
        <translation>Digambar oleh dinding atau langsung oleh libVLC. Otomatis memilih yang lebih ringan bagi PC ini.</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Registri</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Wajib</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Masuk tugas</translation>
    </message>
    <message>
        <source>Size of a log file in megabytes</source>
        <translation>Ukuran berkas log dalam megabita</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Cuplikan</translation>
    </message>
    <message>
        <source>So many log files are kept; the oldest one goes.</source>
        <translation>Sekian berkas log disimpan; yang terlama dihapus.</translation>
    </message>
    <message>
        <source>Start again after a crash</source>
        <translation>Mulai lagi setelah terhenti</translation>
    </message>
    <message>
        <source>Starts, ends and faults are also written into the Windows event log.</source>
        <translation>Awal, akhir, dan gangguan juga ditulis ke log peristiwa Windows.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistem</translation>
    </message>
    <message>
        <source>Tab moves through what can be used</source>
        <translation>Tab berpindah di antara bagian yang dapat dipakai</translation>
    </message>
    <message>
        <source>That monitor is not plugged in.</source>
        <translation>Monitor itu tidak terpasang.</translation>
    </message>
    <message>
        <source>The central registry whose cameras the wall shows. Until it is set, the first start asks for it.</source>
        <translation>Registri pusat yang kameranya ditampilkan dinding. Selama belum diatur, mulai pertama menanyakannya.</translation>
    </message>
    <message>
        <source>The colours of the windows: for a dark room, or of high contrast.</source>
        <translation>Warna jendela: untuk ruang gelap, atau berkontras tinggi.</translation>
    </message>
    <message>
        <source>The language that the wall speaks.</source>
        <translation>Bahasa yang dipakai dinding.</translation>
    </message>
    <message>
        <source>The least important record that the log takes. It never holds a password.</source>
        <translation>Catatan paling ringan yang masih ditulis ke log. Log tidak pernah memuat kata sandi.</translation>
    </message>
    <message>
        <source>The monitor&apos;s layout has no such tile.</source>
        <translation>Tata letak monitor itu tidak memiliki petak tersebut.</translation>
    </message>
    <message>
        <source>The operator&apos;s window fills its screen from the start.</source>
        <translation>Jendela petugas memenuhi layarnya sejak awal.</translation>
    </message>
    <message>
        <source>The post that this PC has to be enrolled as: enrolled as another one, the wall does not open.</source>
        <translation>Pos yang harus menjadi pendaftaran PC ini: bila terdaftar sebagai pos lain, dinding tidak terbuka.</translation>
    </message>
    <message>
        <source>The post&apos;s console cannot read the order.</source>
        <translation>Konsol pos tidak dapat membaca perintah itu.</translation>
    </message>
    <message>
        <source>The post&apos;s key cannot sign: enrol this PC again.</source>
        <translation>Kunci pos ini tidak dapat menandatangani: daftarkan ulang PC ini.</translation>
    </message>
    <message>
        <source>The post&apos;s key in the keyring is broken: enrol this PC again.</source>
        <translation>Kunci pos ini di ring kunci rusak: daftarkan ulang PC ini.</translation>
    </message>
    <message>
        <source>The post&apos;s key is too large for the system&apos;s keyring.</source>
        <translation>Kunci pos ini terlalu besar untuk ring kunci sistem.</translation>
    </message>
    <message>
        <source>The query is not understood.</source>
        <translation>Permintaan tidak dipahami.</translation>
    </message>
    <message>
        <source>The registry at {0} broke the connection off.</source>
        <translation>Registri di {0} memutus sambungan.</translation>
    </message>
    <message>
        <source>The registry at {0} cannot be reached.</source>
        <translation>Registri di {0} tidak terjangkau.</translation>
    </message>
    <message>
        <source>The registry at {0} cannot be trusted: {1}.</source>
        <translation>Registri di {0} tidak dapat dipercaya: {1}.</translation>
    </message>
    <message>
        <source>The registry at {0} did not answer within {1} s.</source>
        <translation>Registri di {0} tidak menjawab dalam {1} dtk.</translation>
    </message>
    <message>
        <source>The registry at {0} does not know this post: enrol this PC again.</source>
        <translation>Registri di {0} tidak mengenal pos ini: daftarkan ulang PC ini.</translation>
    </message>
    <message>
        <source>The registry at {0} has failed: {1}</source>
        <translation>Registri di {0} mengalami gangguan: {1}</translation>
    </message>
    <message>
        <source>The registry at {0} is asked too often: {1}</source>
        <translation>Registri di {0} terlalu sering ditanya: {1}</translation>
    </message>
    <message>
        <source>The registry at {0} refuses: {1}</source>
        <translation>Registri di {0} menolak: {1}</translation>
    </message>
    <message>
        <source>The registry at {0} sent an answer that cannot be used: {1}.</source>
        <translation>Registri di {0} mengirim jawaban yang tidak dapat dipakai: {1}.</translation>
    </message>
    <message>
        <source>The registry cannot be asked, and it has not verified this officer at this post of late.</source>
        <translation>Registri tidak dapat ditanya, dan belakangan ini belum memverifikasi petugas ini di pos ini.</translation>
    </message>
    <message>
        <source>The registry client has failed: the wall goes on with what it has.</source>
        <translation>Penghubung registri gagal: dinding tetap berjalan dengan data yang ada.</translation>
    </message>
    <message>
        <source>The registry does not take entry {0} of the journal: {1}.</source>
        <translation>Registri tidak menerima entri {0} dari jurnal: {1}.</translation>
    </message>
    <message>
        <source>The registry has another list by now: ask again.</source>
        <translation>Registri kini memiliki daftar lain: tanyakan sekali lagi.</translation>
    </message>
    <message>
        <source>The registry verified this officer more than {0} hours ago and cannot be asked.</source>
        <translation>Registri memverifikasi petugas ini lebih dari {0} jam yang lalu dan tidak dapat ditanya.</translation>
    </message>
    <message>
        <source>The registry&apos;s name in {0} is not known to this network.</source>
        <translation>Nama registri dalam {0} tidak dikenal di jaringan ini.</translation>
    </message>
    <message>
        <source>The service number or the PIN is wrong.</source>
        <translation>NRP atau PIN salah.</translation>
    </message>
    <message>
        <source>The small stream, the large one, or whichever fits the size of the tile.</source>
        <translation>Aliran kecil, aliran besar, atau yang cocok dengan ukuran petak.</translation>
    </message>
    <message>
        <source>The snapshot cannot be written to {0}: {1}.</source>
        <translation>Gambar tidak dapat disimpan ke {0}: {1}.</translation>
    </message>
    <message>
        <source>The snapshot could not be made ({0}).</source>
        <translation>Gambar tidak berhasil dibuat ({0}).</translation>
    </message>
    <message>
        <source>The system&apos;s keyring could not be {0} ({1}): unlock or repair it.</source>
        <translation>Ring kunci sistem tidak dapat {0} ({1}): buka kuncinya atau perbaiki.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not keep what it is given.</source>
        <translation>Ring kunci sistem tidak menyimpan isi yang diberikan.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is locked: unlock it and start again.</source>
        <translation>Ring kunci sistem terkunci: buka kuncinya lalu mulai lagi.</translation>
    </message>
    <message>
        <source>The wall fills every screen for good, and nothing that an officer does ends it.</source>
        <translation>Dinding selalu memenuhi setiap layar, dan tidak ada tindakan petugas yang mengakhirinya.</translation>
    </message>
    <message>
        <source>The wall has no such monitor.</source>
        <translation>Dinding itu tidak memiliki monitor tersebut.</translation>
    </message>
    <message>
        <source>The wall opens no more streams than `pantau doctor` has found this PC to sustain.</source>
        <translation>Dinding tidak membuka aliran lebih banyak daripada yang terukur sanggup oleh PC ini menurut `pantau doctor`.</translation>
    </message>
    <message>
        <source>There is room for {0} favourites.</source>
        <translation>Hanya ada tempat untuk {0} favorit.</translation>
    </message>
    <message>
        <source>This PC&apos;s clock was set back: nobody can be verified without the registry.</source>
        <translation>Jam PC ini diundurkan: tidak ada yang dapat diverifikasi tanpa registri.</translation>
    </message>
    <message>
        <source>This PC&apos;s entry in the keyring is broken: enrol this PC again.</source>
        <translation>Catatan PC ini di ring kunci rusak: daftarkan ulang PC ini.</translation>
    </message>
    <message>
        <source>This layout is locked: take the padlock away to change it.</source>
        <translation>Tata letak ini terkunci: lepas gemboknya untuk mengubahnya.</translation>
    </message>
    <message>
        <source>This post has not enrolled at {0} yet.</source>
        <translation>Pos ini belum terdaftar di {0}.</translation>
    </message>
    <message>
        <source>This snapshot may not be taken: {0}.</source>
        <translation>Gambar ini tidak boleh diambil: {0}.</translation>
    </message>
    <message>
        <source>This system has no keyring that could keep the post&apos;s key: start one (GNOME Keyring, KWallet, Windows Credential Manager), and nothing is written to a file instead.</source>
        <translation>Sistem ini tidak memiliki ring kunci untuk menyimpan kunci pos: jalankan salah satu (GNOME Keyring, KWallet, Windows Credential Manager); kunci itu tidak pernah ditulis ke berkas.</translation>
    </message>
    <message>
        <source>Too many wrong PINs: only the registry can verify this officer now.</source>
        <translation>Terlalu banyak PIN salah: kini hanya registri yang dapat memverifikasi petugas ini.</translation>
    </message>
    <message>
        <source>Too many wrong PINs: this officer is locked at this post for {0} minutes.</source>
        <translation>Terlalu banyak PIN salah: petugas ini dikunci di pos ini selama {0} menit.</translation>
    </message>
    <message>
        <source>Too many wrong PINs: wait {0} seconds before the next try.</source>
        <translation>Terlalu banyak PIN salah: tunggu {0} detik sebelum mencoba lagi.</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>Dinding</translation>
    </message>
    <message>
        <source>Watermark on all pictures</source>
        <translation>Tanda air pada semua gambar</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Yang terjadi</translation>
    </message>
    <message>
        <source>What has gone wrong</source>
        <translation>Yang sudah salah</translation>
    </message>
    <message>
        <source>What may go wrong</source>
        <translation>Yang mungkin salah</translation>
    </message>
    <message>
        <source>What the log tells</source>
        <translation>Isi catatan log</translation>
    </message>
    <message>
        <source>Where snapshots are written; where it is not set, the system&apos;s folder of pictures.</source>
        <translation>Tempat cuplikan ditulis; bila tidak diatur, folder gambar milik sistem.</translation>
    </message>
    <message>
        <source>Whether the controls need an officer who has signed in. The pictures never do.</source>
        <translation>Apakah kendali memerlukan petugas yang sudah masuk tugas. Gambar tidak pernah memerlukannya.</translation>
    </message>
    <message>
        <source>Whether the graphics card decodes the pictures. `pantau doctor` measures whether it saves anything.</source>
        <translation>Apakah kartu grafis mendekode gambar. `pantau doctor` mengukur apakah itu menghemat sesuatu.</translation>
    </message>
    <message>
        <source>Which stream of a camera</source>
        <translation>Aliran kamera yang mana</translation>
    </message>
    <message>
        <source>While a wall shows, neither the screen saver nor sleep begins by itself.</source>
        <translation>Selama dinding tampil, pengaman layar dan mode tidur tidak mulai sendiri.</translation>
    </message>
    <message>
        <source>Windows event log</source>
        <translation>Log peristiwa Windows</translation>
    </message>
    <message>
        <source>a grid has 1 to {0} columns and rows</source>
        <translation>kisi memiliki 1 sampai {0} kolom dan baris</translation>
    </message>
    <message>
        <source>a layout has at most {0} tiles, not {1}</source>
        <translation>tata letak memiliki paling banyak {0} petak, bukan {1}</translation>
    </message>
    <message>
        <source>a layout needs a name</source>
        <translation>tata letak memerlukan nama</translation>
    </message>
    <message>
        <source>a layout needs at least one tile</source>
        <translation>tata letak memerlukan setidaknya satu petak</translation>
    </message>
    <message>
        <source>a layout&apos;s name has at most {0} characters, not {1}</source>
        <translation>nama tata letak paling panjang {0} karakter, bukan {1}</translation>
    </message>
    <message>
        <source>a monitor&apos;s number is 1 to {0}, not {1}</source>
        <translation>nomor monitor adalah 1 sampai {0}, bukan {1}</translation>
    </message>
    <message>
        <source>a name has at most {0} characters, not {1}</source>
        <translation>nama paling banyak {0} karakter, bukan {1}</translation>
    </message>
    <message>
        <source>a name is missing</source>
        <translation>namanya belum diisi</translation>
    </message>
    <message>
        <source>a page has 1 to {0} tiles, not {1}</source>
        <translation>satu halaman memiliki 1 sampai {0} petak, bukan {1}</translation>
    </message>
    <message>
        <source>a purpose has {0} characters at most</source>
        <translation>tujuan paling panjang {0} karakter</translation>
    </message>
    <message>
        <source>a query has at most {0} characters, not {1}</source>
        <translation>kueri paling panjang {0} karakter, bukan {1}</translation>
    </message>
    <message>
        <source>a query needs a term, such as: kelurahan Gambir, public street</source>
        <translation>kueri memerlukan kata pencarian, misalnya: kelurahan Gambir, jalan umum</translation>
    </message>
    <message>
        <source>a salvo names at least one monitor</source>
        <translation>salvo menyebut setidaknya satu monitor</translation>
    </message>
    <message>
        <source>a step lasts {0} to {1} s, not {2}</source>
        <translation>satu langkah berlangsung {0} sampai {1} dtk, bukan {2}</translation>
    </message>
    <message>
        <source>a tour has at least one step</source>
        <translation>tur memiliki setidaknya satu langkah</translation>
    </message>
    <message>
        <source>a video process cannot be started: {0}</source>
        <translation>proses video tidak dapat dijalankan: {0}</translation>
    </message>
    <message>
        <source>a wall has 1 to {0} tiles, not {1}</source>
        <translation>dinding memiliki 1 sampai {0} petak, bukan {1}</translation>
    </message>
    <message>
        <source>an incident is noted in {0} characters at most</source>
        <translation>kejadian dicatat paling banyak dalam {0} karakter</translation>
    </message>
    <message>
        <source>an incident needs words</source>
        <translation>kejadian memerlukan kata-kata</translation>
    </message>
    <message>
        <source>another console of this PC writes the journal</source>
        <translation>konsol lain di PC ini menulis jurnal</translation>
    </message>
    <message>
        <source>another purpose needs words</source>
        <translation>tujuan lain perlu ditulis dengan kata-kata</translation>
    </message>
    <message>
        <source>are not all there</source>
        <translation>tidak lengkap</translation>
    </message>
    <message>
        <source>are not numbered from 1 to {0} at most</source>
        <translation>tidak dinomori dari 1 sampai paling banyak {0}</translation>
    </message>
    <message>
        <source>can be set for the whole PC only</source>
        <translation>hanya dapat diatur untuk seluruh PC</translation>
    </message>
    <message>
        <source>cannot be used: {0}</source>
        <translation>tidak dapat dipakai: {0}</translation>
    </message>
    <message>
        <source>direct surfaces do not play {0}</source>
        <translation>permukaan langsung tidak dapat memutar {0}</translation>
    </message>
    <message>
        <source>do not fit: {0}</source>
        <translation>tidak cocok: {0}</translation>
    </message>
    <message>
        <source>entries before it are missing</source>
        <translation>entri sebelumnya tidak ada</translation>
    </message>
    <message>
        <source>entries {0} to {1} are not there</source>
        <translation>entri {0} sampai {1} tidak ada</translation>
    </message>
    <message>
        <source>entry {0} does not follow on entry {1}, which was changed</source>
        <translation>entri {0} tidak menyambung entri {1}, yang telah diubah</translation>
    </message>
    <message>
        <source>entry {0} is not the one that the registry has</source>
        <translation>entri {0} bukan entri yang dimiliki registri</translation>
    </message>
    <message>
        <source>entry {0} is not there: {1} follows {2}</source>
        <translation>entri {0} tidak ada: setelah {2} langsung {1}</translation>
    </message>
    <message>
        <source>entry {0} was changed after it was written</source>
        <translation>entri {0} diubah setelah ditulis</translation>
    </message>
    <message>
        <source>goes with cameras only</source>
        <translation>hanya untuk kamera</translation>
    </message>
    <message>
        <source>has a cell that is not four whole numbers</source>
        <translation>memiliki sel yang bukan empat bilangan bulat</translation>
    </message>
    <message>
        <source>has a cell {0} that is not four whole numbers</source>
        <translation>memuat sel {0} yang bukan empat bilangan bulat</translation>
    </message>
    <message>
        <source>has a login in it</source>
        <translation>memuat nama pengguna</translation>
    </message>
    <message>
        <source>has a member that is not kept on disk</source>
        <translation>memuat bagian yang tidak boleh disimpan di cakram</translation>
    </message>
    <message>
        <source>has a port that does not exist</source>
        <translation>memakai porta yang tidak ada</translation>
    </message>
    <message>
        <source>has a scheme that is not allowed</source>
        <translation>memakai skema yang tidak diizinkan</translation>
    </message>
    <message>
        <source>has a tile that is not there</source>
        <translation>menyebut petak yang tidak ada</translation>
    </message>
    <message>
        <source>has an entry that is no incident</source>
        <translation>berisi entri yang bukan kejadian</translation>
    </message>
    <message>
        <source>has an entry that is no officer</source>
        <translation>berisi entri yang bukan petugas</translation>
    </message>
    <message>
        <source>has an entry that is no refused login</source>
        <translation>berisi entri yang bukan nama masuk yang ditolak</translation>
    </message>
    <message>
        <source>has an entry that is not the id of a camera</source>
        <translation>memuat isi yang bukan ID kamera</translation>
    </message>
    <message>
        <source>has characters or spaces that cannot be seen</source>
        <translation>memuat karakter atau spasi yang tidak terlihat</translation>
    </message>
    <message>
        <source>has characters that do not belong there</source>
        <translation>memuat karakter yang tidak semestinya</translation>
    </message>
    <message>
        <source>has characters that no login has</source>
        <translation>memuat karakter yang tidak ada pada nama masuk mana pun</translation>
    </message>
    <message>
        <source>has characters that no stream&apos;s address has</source>
        <translation>memuat karakter yang tidak ada pada alamat aliran video mana pun</translation>
    </message>
    <message>
        <source>has more than {0} cameras</source>
        <translation>memiliki lebih dari {0} kamera</translation>
    </message>
    <message>
        <source>has more than {0} characters</source>
        <translation>lebih panjang daripada {0} karakter</translation>
    </message>
    <message>
        <source>has more than {0} items</source>
        <translation>memiliki lebih dari {0} isi</translation>
    </message>
    <message>
        <source>has not just {0}</source>
        <translation>tidak hanya memuat {0}</translation>
    </message>
    <message>
        <source>has to have either a layout or cameras</source>
        <translation>harus memuat tata letak atau kamera, salah satunya</translation>
    </message>
    <message>
        <source>has {0} cells, not 1 to {1}</source>
        <translation>memiliki {0} sel, bukan 1 sampai {1}</translation>
    </message>
    <message>
        <source>has {0} steps, not 1 to {1}</source>
        <translation>memiliki {0} langkah, bukan 1 sampai {1}</translation>
    </message>
    <message>
        <source>holds an address</source>
        <translation>memuat alamat</translation>
    </message>
    <message>
        <source>holds an address, which is not kept on disk</source>
        <translation>memuat alamat, yang tidak boleh disimpan di cakram</translation>
    </message>
    <message>
        <source>is about another journal</source>
        <translation>menyangkut jurnal lain</translation>
    </message>
    <message>
        <source>is about another stream</source>
        <translation>menyangkut aliran video lain</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>kosong</translation>
    </message>
    <message>
        <source>is listed twice</source>
        <translation>tercantum dua kali</translation>
    </message>
    <message>
        <source>is longer than {0} characters</source>
        <translation>lebih panjang dari {0} karakter</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>tidak ada</translation>
    </message>
    <message>
        <source>is neither true nor false</source>
        <translation>bukan true atau false</translation>
    </message>
    <message>
        <source>is nested too deeply</source>
        <translation>bersarang terlalu dalam</translation>
    </message>
    <message>
        <source>is no JSON</source>
        <translation>bukan JSON</translation>
    </message>
    <message>
        <source>is no UUID</source>
        <translation>bukan UUID</translation>
    </message>
    <message>
        <source>is no address like https://registry.example.go.id</source>
        <translation>bukan alamat seperti https://registry.example.go.id</translation>
    </message>
    <message>
        <source>is no address of at most {0} characters</source>
        <translation>bukan alamat sepanjang paling banyak {0} karakter</translation>
    </message>
    <message>
        <source>is no array</source>
        <translation>bukan larik</translation>
    </message>
    <message>
        <source>is no monitor: use 1 to {0}</source>
        <translation>bukan monitor: pakai 1 sampai {0}</translation>
    </message>
    <message>
        <source>is no number</source>
        <translation>bukan bilangan</translation>
    </message>
    <message>
        <source>is no object</source>
        <translation>bukan objek</translation>
    </message>
    <message>
        <source>is no text</source>
        <translation>bukan teks</translation>
    </message>
    <message>
        <source>is no text of the allowed length</source>
        <translation>bukan teks dengan panjang yang diizinkan</translation>
    </message>
    <message>
        <source>is no text of up to {0} characters</source>
        <translation>bukan teks sepanjang paling banyak {0} karakter</translation>
    </message>
    <message>
        <source>is no tile</source>
        <translation>bukan petak</translation>
    </message>
    <message>
        <source>is no tile from 1 to {0}</source>
        <translation>bukan petak dari 1 sampai {0}</translation>
    </message>
    <message>
        <source>is no time</source>
        <translation>bukan waktu</translation>
    </message>
    <message>
        <source>is no version</source>
        <translation>bukan versi</translation>
    </message>
    <message>
        <source>is no whole number</source>
        <translation>bukan bilangan bulat</translation>
    </message>
    <message>
        <source>is no whole number from {0} to {1}</source>
        <translation>bukan bilangan bulat dari {0} sampai {1}</translation>
    </message>
    <message>
        <source>is no whole path</source>
        <translation>bukan jalur lengkap</translation>
    </message>
    <message>
        <source>is none of {0}</source>
        <translation>bukan salah satu dari {0}</translation>
    </message>
    <message>
        <source>is not 1 to {0} characters that can be seen</source>
        <translation>bukan 1 sampai {0} karakter yang terlihat</translation>
    </message>
    <message>
        <source>is not Bearer</source>
        <translation>bukan Bearer</translation>
    </message>
    <message>
        <source>is not a list</source>
        <translation>bukan daftar</translation>
    </message>
    <message>
        <source>is not a list of 1 to {0} cameras</source>
        <translation>bukan daftar 1 sampai {0} kamera</translation>
    </message>
    <message>
        <source>is not a number that can be used</source>
        <translation>bukan bilangan yang dapat dipakai</translation>
    </message>
    <message>
        <source>is not a text</source>
        <translation>bukan teks</translation>
    </message>
    <message>
        <source>is not a text in one line</source>
        <translation>bukan teks satu baris</translation>
    </message>
    <message>
        <source>is not a whole number</source>
        <translation>bukan bilangan bulat</translation>
    </message>
    <message>
        <source>is not an object</source>
        <translation>bukan objek</translation>
    </message>
    <message>
        <source>is not known</source>
        <translation>tidak dikenal</translation>
    </message>
    <message>
        <source>is not of the form of a code</source>
        <translation>tidak berbentuk kode</translation>
    </message>
    <message>
        <source>is not of the form of a site&apos;s id</source>
        <translation>tidak berbentuk ID lokasi</translation>
    </message>
    <message>
        <source>is not of the form of a stream&apos;s address</source>
        <translation>tidak berbentuk alamat aliran video</translation>
    </message>
    <message>
        <source>is not of the form of a unit&apos;s code</source>
        <translation>tidak berbentuk kode satuan</translation>
    </message>
    <message>
        <source>is not signed by the registry</source>
        <translation>tidak ditandatangani registri</translation>
    </message>
    <message>
        <source>is not the id of a camera</source>
        <translation>bukan ID kamera</translation>
    </message>
    <message>
        <source>is not the name of a layout</source>
        <translation>bukan nama tata letak</translation>
    </message>
    <message>
        <source>is not true or false</source>
        <translation>bukan true atau false</translation>
    </message>
    <message>
        <source>is not version 1</source>
        <translation>bukan versi 1</translation>
    </message>
    <message>
        <source>is out of order: steps are numbered 1, 2, 3 …</source>
        <translation>tidak berurutan: langkah dinomori 1, 2, 3 …</translation>
    </message>
    <message>
        <source>is too long</source>
        <translation>terlalu panjang</translation>
    </message>
    <message>
        <source>is {0}, and this console knows {1} only</source>
        <translation>adalah {0}, sedangkan konsol ini hanya mengenal {1}</translation>
    </message>
    <message>
        <source>is {0}, not {1} or {2}</source>
        <translation>adalah {0}, bukan {1} atau {2}</translation>
    </message>
    <message>
        <source>it already calls {0}</source>
        <translation>sudah dipakai untuk memanggil {0}</translation>
    </message>
    <message>
        <source>it does not follow on what the registry has</source>
        <translation>tidak menyambung yang dimiliki registri</translation>
    </message>
    <message>
        <source>it ends after {0} of {1} cameras</source>
        <translation>terputus setelah {0} dari {1} kamera</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>terputus terlalu awal</translation>
    </message>
    <message>
        <source>it has more than the {0} cameras it announced</source>
        <translation>isinya lebih dari {0} kamera yang diumumkannya</translation>
    </message>
    <message>
        <source>it is garbled</source>
        <translation>isinya kacau</translation>
    </message>
    <message>
        <source>it is larger than {0} KB</source>
        <translation>lebih besar dari {0} KB</translation>
    </message>
    <message>
        <source>it is not of the contract&apos;s form</source>
        <translation>bentuknya tidak sesuai kontrak</translation>
    </message>
    <message>
        <source>it is packed in an unknown way</source>
        <translation>dimampatkan dengan cara yang tidak dikenal</translation>
    </message>
    <message>
        <source>it names a modifier twice</source>
        <translation>tombol pengubah disebut dua kali</translation>
    </message>
    <message>
        <source>it points to another address, which is not followed</source>
        <translation>menunjuk ke alamat lain, yang tidak diikuti</translation>
    </message>
    <message>
        <source>it says that nothing has changed since nothing</source>
        <translation>menyatakan tidak ada perubahan padahal belum ada data</translation>
    </message>
    <message>
        <source>it shows {0} cameras, not 1 to {1}</source>
        <translation>menampilkan {0} kamera, bukan 1 sampai {1}</translation>
    </message>
    <message>
        <source>it was changed after it was written</source>
        <translation>diubah setelah ditulis</translation>
    </message>
    <message>
        <source>its certificate has expired, or this PC&apos;s clock is ahead</source>
        <translation>sertifikatnya sudah kedaluwarsa, atau jam PC ini terlalu cepat</translation>
    </message>
    <message>
        <source>its certificate is not accepted ({0})</source>
        <translation>sertifikatnya tidak diterima ({0})</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or this PC&apos;s clock is behind</source>
        <translation>sertifikatnya belum berlaku, atau jam PC ini terlambat</translation>
    </message>
    <message>
        <source>its command is no text</source>
        <translation>perintahnya bukan teks</translation>
    </message>
    <message>
        <source>its list of changes does not go on</source>
        <translation>daftar perubahannya tidak berlanjut</translation>
    </message>
    <message>
        <source>layout</source>
        <translation>tata letak</translation>
    </message>
    <message>
        <source>layout entry {0}: {1} {2}</source>
        <translation>tata letak ke-{0}: {1} {2}</translation>
    </message>
    <message>
        <source>layout {0} has no tile {1}</source>
        <translation>tata letak {0} tidak memiliki petak {1}</translation>
    </message>
    <message>
        <source>layout {0}: a grid has 1 to {1} columns and rows</source>
        <translation>tata letak {0}: kisi memiliki 1 sampai {1} kolom dan baris</translation>
    </message>
    <message>
        <source>layout {0}: cell {1} has a negative place or an empty span</source>
        <translation>tata letak {0}: tempat sel {1} negatif atau ukurannya kosong</translation>
    </message>
    <message>
        <source>layout {0}: cell {1} leaves the grid</source>
        <translation>tata letak {0}: sel {1} keluar dari kisi</translation>
    </message>
    <message>
        <source>layout {0}: cells {1} and {2} overlap</source>
        <translation>tata letak {0}: sel {1} dan {2} bertumpukan</translation>
    </message>
    <message>
        <source>layout {0}: it has {1} cells, not 1 to {2}</source>
        <translation>tata letak {0}: memiliki {1} sel, bukan 1 sampai {2}</translation>
    </message>
    <message>
        <source>libVLC does not start: its plugins are missing or do not fit</source>
        <translation>libVLC tidak dapat dimulai: pengayanya tidak ada atau tidak cocok</translation>
    </message>
    <message>
        <source>libVLC is not installed: direct surfaces cannot be used</source>
        <translation>libVLC tidak terpasang: permukaan langsung tidak dapat dipakai</translation>
    </message>
    <message>
        <source>lies outside {0} to {1}</source>
        <translation>berada di luar {0} sampai {1}</translation>
    </message>
    <message>
        <source>names a day that is not there</source>
        <translation>menyebut hari yang tidak ada</translation>
    </message>
    <message>
        <source>names a host of a wrong form</source>
        <translation>menyebut nama host yang salah bentuk</translation>
    </message>
    <message>
        <source>names no monitor</source>
        <translation>tidak menyebut monitor</translation>
    </message>
    <message>
        <source>names {0}, where no camera can be</source>
        <translation>menyebut {0}, yang tidak mungkin alamat kamera</translation>
    </message>
    <message>
        <source>names {0}, which lies outside the registry&apos;s stream zones</source>
        <translation>menyebut {0}, yang berada di luar zona aliran video registri</translation>
    </message>
    <message>
        <source>no encrypted connection could be agreed on</source>
        <translation>sambungan terenkripsi tidak dapat disepakati</translation>
    </message>
    <message>
        <source>no picture slot {0}: it is gone, or of another version</source>
        <translation>slot gambar {0} tidak ada: sudah hilang atau dari versi lain</translation>
    </message>
    <message>
        <source>no picture slot {0}: {1}</source>
        <translation>slot gambar {0} tidak ada: {1}</translation>
    </message>
    <message>
        <source>no registry is known to this PC</source>
        <translation>PC ini tidak mengenal registri mana pun</translation>
    </message>
    <message>
        <source>no shared memory of {0} bytes: {1}</source>
        <translation>memori bersama sebesar {0} bita tidak tersedia: {1}</translation>
    </message>
    <message>
        <source>no tour runs on monitor {0}</source>
        <translation>tidak ada tur yang berjalan di monitor {0}</translation>
    </message>
    <message>
        <source>none of the saved layouts of this tour is there any more</source>
        <translation>tidak satu pun tata letak tersimpan dari tur ini masih ada</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>dibuka</translation>
    </message>
    <message>
        <source>read</source>
        <translation>dibaca</translation>
    </message>
    <message>
        <source>resources/fonts: the fonts cannot be loaded</source>
        <translation>resources/fonts: huruf tidak dapat dimuat</translation>
    </message>
    <message>
        <source>resources/theme/{0}: {1}</source>
        <translation>resources/theme/{0}: {1}</translation>
    </message>
    <message>
        <source>resources/translations/{0}: the catalogue is missing or damaged</source>
        <translation>resources/translations/{0}: katalog tidak ada atau rusak</translation>
    </message>
    <message>
        <source>salvo</source>
        <translation>salvo</translation>
    </message>
    <message>
        <source>the file does not begin with entry {0}</source>
        <translation>berkas tidak dimulai dengan entri {0}</translation>
    </message>
    <message>
        <source>the grid would have more than {0} columns or rows</source>
        <translation>kisi akan memiliki lebih dari {0} kolom atau baris</translation>
    </message>
    <message>
        <source>the journal cannot be read: {0}</source>
        <translation>jurnal tidak dapat dibaca: {0}</translation>
    </message>
    <message>
        <source>the journal cannot be written: {0}</source>
        <translation>jurnal tidak dapat ditulis: {0}</translation>
    </message>
    <message>
        <source>the keypad has the digits, the point and the comma: they call cameras up</source>
        <translation>angka, titik, dan koma dipakai papan angka: untuk memanggil kamera</translation>
    </message>
    <message>
        <source>the layout ‘{0}’ is locked: unlock it first</source>
        <translation>tata letak ‘{0}’ terkunci: buka kuncinya dahulu</translation>
    </message>
    <message>
        <source>the lease names no address</source>
        <translation>izin akses tidak menyebut alamat</translation>
    </message>
    <message>
        <source>the leased {0} {1}</source>
        <translation>{0} dalam izin akses {1}</translation>
    </message>
    <message>
        <source>the line is not whole</source>
        <translation>baris tidak utuh</translation>
    </message>
    <message>
        <source>the line was torn off while it was written</source>
        <translation>baris terputus saat ditulis</translation>
    </message>
    <message>
        <source>the registry at {0} must be reached by https://: http:// is for this machine only</source>
        <translation>registri di {0} harus dihubungi lewat https://: http:// hanya untuk PC ini sendiri</translation>
    </message>
    <message>
        <source>the registry did not answer for this stream</source>
        <translation>registri tidak menjawab untuk aliran video ini</translation>
    </message>
    <message>
        <source>the registry has another entry of that number</source>
        <translation>registri memiliki entri lain dengan nomor itu</translation>
    </message>
    <message>
        <source>the registry&apos;s address for {0} may not carry a user name or password</source>
        <translation>alamat registri untuk {0} tidak boleh memuat nama pengguna atau kata sandi</translation>
    </message>
    <message>
        <source>the registry&apos;s address is not of the form https://host:port</source>
        <translation>alamat registri tidak berbentuk https://host:port</translation>
    </message>
    <message>
        <source>the registry&apos;s answer cannot be used: {0} {1}</source>
        <translation>jawaban registri tidak dapat dipakai: {0} {1}</translation>
    </message>
    <message>
        <source>the registry&apos;s certificate file {0} cannot be read as PEM</source>
        <translation>berkas sertifikat registri {0} tidak dapat dibaca sebagai PEM</translation>
    </message>
    <message>
        <source>the report cannot be written to {0}: {1}</source>
        <translation>laporan tidak dapat ditulis ke {0}: {1}</translation>
    </message>
    <message>
        <source>the saved layout ‘{0}’ has a built-in layout&apos;s name</source>
        <translation>tata letak tersimpan ‘{0}’ memakai nama tata letak bawaan</translation>
    </message>
    <message>
        <source>the screenshot cannot be written to {0}</source>
        <translation>tangkapan layar tidak dapat disimpan ke {0}</translation>
    </message>
    <message>
        <source>the selection leaves the grid</source>
        <translation>pilihan keluar dari kisi</translation>
    </message>
    <message>
        <source>the term ‘{0}’ is not understood: put kelurahan, kecamatan, polsek, site or code before a name, or write a word such as public street or active</source>
        <translation>istilah ‘{0}’ tidak dipahami: tulis kelurahan, kecamatan, polsek, lokasi, atau kode di depan nama, atau kata seperti jalan umum atau aktif</translation>
    </message>
    <message>
        <source>the term ‘{0}’ lacks a name</source>
        <translation>istilah ‘{0}’ tidak disertai nama</translation>
    </message>
    <message>
        <source>the tour ‘{0}’ shows the layout ‘{1}’: take it out of the tour first</source>
        <translation>tur ‘{0}’ menampilkan tata letak ‘{1}’: keluarkan dulu dari tur itu</translation>
    </message>
    <message>
        <source>the wall has no monitor {0}</source>
        <translation>dinding tidak memiliki monitor {0}</translation>
    </message>
    <message>
        <source>there is a layout ‘{0}’ already</source>
        <translation>tata letak ‘{0}’ sudah ada</translation>
    </message>
    <message>
        <source>there is a layout ‘{0}’ already: choose another name, or open that one to change it</source>
        <translation>tata letak ‘{0}’ sudah ada: pilih nama lain, atau buka tata letak itu untuk mengubahnya</translation>
    </message>
    <message>
        <source>there is a {0} ‘{1}’ already: choose another name</source>
        <translation>{0} ‘{1}’ sudah ada: pilih nama lain</translation>
    </message>
    <message>
        <source>there is no camera for this tour</source>
        <translation>tidak ada kamera untuk tur ini</translation>
    </message>
    <message>
        <source>there is no entry in the journal in {0}</source>
        <translation>tidak ada entri dalam jurnal di {0}</translation>
    </message>
    <message>
        <source>there is no journal in {0}</source>
        <translation>tidak ada jurnal di {0}</translation>
    </message>
    <message>
        <source>there is no key {0}</source>
        <translation>tidak ada tombol {0}</translation>
    </message>
    <message>
        <source>there is no layout {0}: use 1 to 64, or one of {1}</source>
        <translation>tidak ada tata letak {0}: pakai 1 sampai 64, atau salah satu dari {1}</translation>
    </message>
    <message>
        <source>there is no modifier {0}: use {1}</source>
        <translation>tidak ada tombol pengubah {0}: pakai {1}</translation>
    </message>
    <message>
        <source>there is no salvo {0}</source>
        <translation>tidak ada salvo {0}</translation>
    </message>
    <message>
        <source>there is no saved layout {0}</source>
        <translation>tidak ada tata letak tersimpan {0}</translation>
    </message>
    <message>
        <source>there is no tile {0}</source>
        <translation>tidak ada petak {0}</translation>
    </message>
    <message>
        <source>there is no tour {0}</source>
        <translation>tidak ada tur {0}</translation>
    </message>
    <message>
        <source>there is no {0} ‘{1}’</source>
        <translation>tidak ada {0} ‘{1}’</translation>
    </message>
    <message>
        <source>this PC has not enrolled at {0}</source>
        <translation>PC ini belum terdaftar di {0}</translation>
    </message>
    <message>
        <source>this PC is enrolled as post {0}, and its settings say {1}: enrol it again, or correct `registry.post_id`</source>
        <translation>PC ini terdaftar sebagai pos {0}, tetapi setelannya menyebut {1}: daftarkan lagi, atau betulkan `registry.post_id`</translation>
    </message>
    <message>
        <source>this PC is not enrolled at {0}: start it once with --registry URL --enrol CODE</source>
        <translation>PC ini belum terdaftar di {0}: jalankan sekali dengan --registry URL --enrol KODE</translation>
    </message>
    <message>
        <source>this PC is not enrolled: start it once with --registry URL --enrol CODE</source>
        <translation>PC ini belum terdaftar: jalankan sekali dengan --registry URL --enrol KODE</translation>
    </message>
    <message>
        <source>this is no entry of a journal</source>
        <translation>ini bukan entri jurnal</translation>
    </message>
    <message>
        <source>this system has no Windows registry</source>
        <translation>sistem ini tidak memiliki registri Windows</translation>
    </message>
    <message>
        <source>tile {0} is there already</source>
        <translation>petak {0} sudah ada</translation>
    </message>
    <message>
        <source>tile {0} lies only partly in the selection</source>
        <translation>petak {0} hanya sebagian berada dalam pilihan</translation>
    </message>
    <message>
        <source>tour</source>
        <translation>tur</translation>
    </message>
    <message>
        <source>version {0} cannot be read, only version {1}</source>
        <translation>versi {0} tidak dapat dibaca, hanya versi {1}</translation>
    </message>
    <message>
        <source>written</source>
        <translation>ditulis</translation>
    </message>
    <message>
        <source>{0} cannot be deleted: {1}</source>
        <translation>{0} tidak dapat dihapus: {1}</translation>
    </message>
    <message>
        <source>{0} cannot be put aside: {1}</source>
        <translation>{0} tidak dapat disisihkan: {1}</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}</source>
        <translation>{0} tidak dapat dibaca: {1}</translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}</source>
        <translation>{0} tidak dapat ditulis: {1}</translation>
    </message>
    <message>
        <source>{0} incidents are open: close one first</source>
        <translation>{0} kejadian masih terbuka: tutup satu dahulu</translation>
    </message>
    <message>
        <source>{0} is larger than {1} bytes</source>
        <translation>{0} lebih besar dari {1} bita</translation>
    </message>
    <message>
        <source>{0} is no command</source>
        <translation>{0} bukan perintah</translation>
    </message>
    <message>
        <source>{0} is not known here: use &apos;version&apos; and &apos;keys&apos;</source>
        <translation>{0} tidak dikenal di sini: pakai &apos;version&apos; dan &apos;keys&apos;</translation>
    </message>
    <message>
        <source>{0} is the name of a built-in layout: choose another</source>
        <translation>{0} adalah nama tata letak bawaan: pilih nama lain</translation>
    </message>
    <message>
        <source>{0} looks like an address, which no other post takes: choose another name</source>
        <translation>{0} tampak seperti alamat, yang tidak diterima pos lain: pilih nama lain</translation>
    </message>
    <message>
        <source>{0}, line 1: it is no JSON object</source>
        <translation>{0}, baris 1: bukan objek JSON</translation>
    </message>
    <message>
        <source>{0}, line 1: it is no JSON that can be read ({1})</source>
        <translation>{0}, baris 1: bukan JSON yang dapat dibaca ({1})</translation>
    </message>
    <message>
        <source>{0}, line 1: it must have a &apos;version&apos; and &apos;keys&apos;, once each</source>
        <translation>{0}, baris 1: harus memuat &apos;version&apos; dan &apos;keys&apos;, masing-masing sekali</translation>
    </message>
    <message>
        <source>{0}, line {1}: chord {2}: {3}</source>
        <translation>{0}, baris {1}: pintasan {2}: {3}</translation>
    </message>
    <message>
        <source>{0}, line {1}: it is no JSON ({2})</source>
        <translation>{0}, baris {1}: bukan JSON ({2})</translation>
    </message>
    <message>
        <source>{0}, line {1}: it is no JSON: {2}</source>
        <translation>{0}, baris {1}: bukan JSON: {2}</translation>
    </message>
    <message>
        <source>{0}, line {1}: it is not in UTF-8</source>
        <translation>{0}, baris {1}: bukan dalam UTF-8</translation>
    </message>
    <message>
        <source>{0}, line {1}: {2}</source>
        <translation>{0}, baris {1}: {2}</translation>
    </message>
    <message>
        <source>{0}, line {1}: {2} is there twice</source>
        <translation>{0}, baris {1}: {2} ada dua kali</translation>
    </message>
    <message>
        <source>{0}, line {1}: {2} {3}</source>
        <translation>{0}, baris {1}: {2} {3}</translation>
    </message>
    <message>
        <source>{0}: another file has a {1} ‘{2}’, too</source>
        <translation>{0}: berkas lain juga memuat {1} ‘{2}’</translation>
    </message>
    <message>
        <source>{0}: it is nested too deeply or has a number too long</source>
        <translation>{0}: bersarang terlalu dalam atau memuat bilangan yang terlalu panjang</translation>
    </message>
    <message>
        <source>{0}: {1} is managed by your organisation; it is ignored.</source>
        <translation>{0}: {1} diatur oleh organisasi Anda; nilai ini diabaikan.</translation>
    </message>
    <message>
        <source>{0}: {1} {2}; it is ignored.</source>
        <translation>{0}: {1} {2}; nilai ini diabaikan.</translation>
    </message>
    <message>
        <source>‘{0}’ is a shared layout: it is changed at the registry</source>
        <translation>‘{0}’ adalah tata letak bersama: perubahannya dilakukan di registri</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>age {0} · latency {1}</source>
        <translation>umur {0} · latensi {1}</translation>
    </message>
    <message>
        <source>camera clock × {0}</source>
        <translation>jam kamera × {0}</translation>
    </message>
    <message>
        <source>first {0} · reconnects {1}</source>
        <translation>pertama {0} · sambung ulang {1}</translation>
    </message>
    <message>
        <source>late {0} · loss {1}</source>
        <translation>tunda {0} · kehilangan {1}</translation>
    </message>
    <message>
        <source>none (TCP)</source>
        <translation>nihil (TCP)</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>tak diketahui</translation>
    </message>
    <message>
        <source>{0} damaged</source>
        <translation>{0} rusak</translation>
    </message>
    <message>
        <source>{0} fps</source>
        <translation>{0} fps</translation>
    </message>
    <message>
        <source>{0} in · {1} shown</source>
        <translation>{0} masuk · {1} tampil</translation>
    </message>
    <message>
        <source>{0} kbit/s</source>
        <translation>{0} kbit/s</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>{0} · jitter {1}</source>
        <translation>{0} · jitter {1}</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>1  Where is the registry?</source>
        <translation>1  Di mana registrinya?</translation>
    </message>
    <message>
        <source>2  Which post is this?</source>
        <translation>2  Pos mana ini?</translation>
    </message>
    <message>
        <source>3  Ready</source>
        <translation>3  Siap</translation>
    </message>
    <message>
        <source>Address of the registry</source>
        <translation>Alamat registri</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>Enrol this PC</source>
        <translation>Daftarkan PC ini</translation>
    </message>
    <message>
        <source>Enrolment code</source>
        <translation>Kode pendaftaran</translation>
    </message>
    <message>
        <source>It has to be enrolled again at the next start: {0}</source>
        <translation>PC ini harus didaftarkan lagi saat dimulai berikutnya: {0}</translation>
    </message>
    <message>
        <source>Open the wall</source>
        <translation>Buka dinding</translation>
    </message>
    <message>
        <source>Pantau – first start</source>
        <translation>Pantau – awal pemakaian</translation>
    </message>
    <message>
        <source>The address is in the letter that came with this post&apos;s enrolment code.</source>
        <translation>Alamatnya ada di surat yang memuat kode pendaftaran pos ini.</translation>
    </message>
    <message>
        <source>The code is good for one PC and one time. Ask the registry desk for a new one.</source>
        <translation>Kode berlaku untuk satu PC dan satu kali. Mintalah kode baru kepada petugas registri.</translation>
    </message>
    <message>
        <source>This PC is {0} now. The camera list comes next.</source>
        <translation>PC ini kini menjadi {0}. Berikutnya daftar kamera.</translation>
    </message>
    <message>
        <source>Three steps make this PC a post&apos;s video wall. It takes a minute.</source>
        <translation>Tiga langkah menjadikan PC ini dinding video pos. Perlu satu menit.</translation>
    </message>
    <message>
        <source>Waiting for the registry</source>
        <translation>Menunggu registri</translation>
    </message>
    <message>
        <source>Welcome to Pantau</source>
        <translation>Selamat datang di Pantau</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Yang tidak berhasil</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>Anything else the next officer has to know</source>
        <translation>Hal lain yang perlu diketahui petugas berikutnya</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Memeriksa…</translation>
    </message>
    <message>
        <source>Close the incident</source>
        <translation>Tutup kejadian</translation>
    </message>
    <message>
        <source>Hand over the wall</source>
        <translation>Serah terima dinding</translation>
    </message>
    <message>
        <source>I take over</source>
        <translation>Saya ambil alih</translation>
    </message>
    <message>
        <source>INCIDENT</source>
        <translation>KEJADIAN</translation>
    </message>
    <message>
        <source>Note to the next officer</source>
        <translation>Catatan untuk petugas berikutnya</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Service number of the next officer</source>
        <translation>NRP petugas berikutnya</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Sejak</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Keadaan</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Petak</translation>
    </message>
    <message>
        <source>What the next officer has to know</source>
        <translation>Yang perlu diketahui petugas berikutnya</translation>
    </message>
    <message>
        <source>What was noted</source>
        <translation>Yang dicatat</translation>
    </message>
    <message>
        <source>Without a live picture: {0} · open incidents: {1}</source>
        <translation>Tanpa gambar langsung: {0} · kejadian terbuka: {1}</translation>
    </message>
    <message>
        <source>not listed any more</source>
        <translation>tidak terdaftar lagi</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Camera health</source>
        <translation>Keadaan kamera</translation>
    </message>
    <message>
        <source>Cameras of this wall, the worst first</source>
        <translation>Kamera di dinding ini, yang terburuk lebih dulu</translation>
    </message>
    <message>
        <source>Enter or double-click selects the tile · Esc closes this page</source>
        <translation>Enter atau klik ganda memilih petak · Esc menutup halaman ini</translation>
    </message>
    <message>
        <source>No camera is on this wall yet.</source>
        <translation>Belum ada kamera di dinding ini.</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>Sambung ulang</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Keadaan</translation>
    </message>
    <message>
        <source>The picture is {0} old.</source>
        <translation>Umur gambar {0}.</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Petak</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Temuan</translation>
    </message>
    <message>
        <source>{0} of {1} cameras live · {2} with a hint</source>
        <translation>{0} dari {1} kamera langsung · {2} dengan catatan</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Ask your chief or the registry desk for access.</source>
        <translation>Minta akses kepada atasan atau petugas registri.</translation>
    </message>
    <message>
        <source>Call network support.</source>
        <translation>Hubungi petugas jaringan.</translation>
    </message>
    <message>
        <source>Call network support: the relay may need a restart.</source>
        <translation>Hubungi petugas jaringan: relai mungkin perlu dinyalakan ulang.</translation>
    </message>
    <message>
        <source>Call network support: the relay&apos;s service is off.</source>
        <translation>Hubungi petugas jaringan: layanan relai mati.</translation>
    </message>
    <message>
        <source>Call network support: the relay, or the way to it, is down.</source>
        <translation>Hubungi petugas jaringan: relai, atau jalur ke sana, mati.</translation>
    </message>
    <message>
        <source>Call technical support and name the camera and its relay.</source>
        <translation>Hubungi petugas teknis dan sebutkan kamera serta relainya.</translation>
    </message>
    <message>
        <source>Call technical support and name the camera&apos;s model.</source>
        <translation>Hubungi petugas teknis dan sebutkan model kameranya.</translation>
    </message>
    <message>
        <source>Call technical support and name the camera.</source>
        <translation>Hubungi petugas teknis dan sebutkan kameranya.</translation>
    </message>
    <message>
        <source>Call technical support and read them the word below.</source>
        <translation>Hubungi petugas teknis dan bacakan kata di bawah.</translation>
    </message>
    <message>
        <source>Call technical support; do not rely on this camera.</source>
        <translation>Hubungi petugas teknis; jangan andalkan kamera ini.</translation>
    </message>
    <message>
        <source>Call the registry desk.</source>
        <translation>Hubungi petugas registri.</translation>
    </message>
    <message>
        <source>Call the registry desk: a privacy mask is damaged.</source>
        <translation>Hubungi petugas registri: penutup privasi rusak.</translation>
    </message>
    <message>
        <source>Call the registry desk: the account lacks the right.</source>
        <translation>Hubungi petugas registri: akunnya tidak berhak.</translation>
    </message>
    <message>
        <source>Call the registry desk: the password there is wrong.</source>
        <translation>Hubungi petugas registri: kata sandi di sana salah.</translation>
    </message>
    <message>
        <source>Call the registry desk: the password there may be wrong.</source>
        <translation>Hubungi petugas registri: kata sandi di sana mungkin salah.</translation>
    </message>
    <message>
        <source>Call the registry desk: the relay&apos;s password there is wrong.</source>
        <translation>Hubungi petugas registri: kata sandi relai di sana salah.</translation>
    </message>
    <message>
        <source>Call the registry desk: the stream&apos;s path there is wrong.</source>
        <translation>Hubungi petugas registri: jalur aliran video di sana salah.</translation>
    </message>
    <message>
        <source>Check that the camera&apos;s video service is switched on.</source>
        <translation>Periksa apakah layanan video kamera menyala.</translation>
    </message>
    <message>
        <source>Check the camera&apos;s power and network link.</source>
        <translation>Periksa catu daya dan jaringan kamera.</translation>
    </message>
    <message>
        <source>Clear other tiles, or choose a smaller layout.</source>
        <translation>Kosongkan petak lain, atau pilih tata letak lebih kecil.</translation>
    </message>
    <message>
        <source>Clear the tile, or ask the registry desk.</source>
        <translation>Kosongkan petak, atau tanyakan kepada petugas registri.</translation>
    </message>
    <message>
        <source>Close other programs, or restart the console.</source>
        <translation>Tutup program lain, atau mulai ulang konsol.</translation>
    </message>
    <message>
        <source>If it stays so, call technical support.</source>
        <translation>Jika terus begini, hubungi petugas teknis.</translation>
    </message>
    <message>
        <source>It opens when the registry is back.</source>
        <translation>Terbuka sendiri setelah registri pulih.</translation>
    </message>
    <message>
        <source>Select the tile and press P.</source>
        <translation>Pilih petak ini, lalu tekan P.</translation>
    </message>
    <message>
        <source>The camera may need a restart.</source>
        <translation>Kamera mungkin perlu dinyalakan ulang.</translation>
    </message>
</context>
<context>
    <name>Hint</name>
    <message>
        <source>BLACK {0}</source>
        <translation>GELAP {0}</translation>
    </message>
    <message>
        <source>BLURRED {0}</source>
        <translation>BURAM {0}</translation>
    </message>
    <message>
        <source>CLOCK RATE {0}</source>
        <translation>LAJU JAM {0}</translation>
    </message>
    <message>
        <source>CLOCK {0}</source>
        <translation>JAM {0}</translation>
    </message>
    <message>
        <source>DAMAGED {0}</source>
        <translation>RUSAK {0}</translation>
    </message>
    <message>
        <source>KEY FRAMES ONLY</source>
        <translation>GAMBAR DIKURANGI</translation>
    </message>
    <message>
        <source>MOVED {0}</source>
        <translation>BERGESER {0}</translation>
    </message>
    <message>
        <source>NOISY {0}</source>
        <translation>BERBINTIK {0}</translation>
    </message>
    <message>
        <source>UNCHANGED</source>
        <translation>TIDAK BERUBAH</translation>
    </message>
</context>
<context>
    <name>HintSentence</name>
    <message>
        <source>Covered or turned away: {0} like the usual picture.</source>
        <translation>Tertutup atau bergeser: {0} mirip gambar biasanya.</translation>
    </message>
    <message>
        <source>The camera&apos;s clock is off by {0}, or its pictures come late.</source>
        <translation>Jam kamera meleset {0}, atau gambarnya datang terlambat.</translation>
    </message>
    <message>
        <source>The camera&apos;s clock runs at {0} of the right speed.</source>
        <translation>Jam kamera berjalan {0} dari laju yang benar.</translation>
    </message>
    <message>
        <source>The picture does not change: it may be a quiet place.</source>
        <translation>Gambar tidak berubah: mungkin tempatnya sedang sepi.</translation>
    </message>
    <message>
        <source>The picture has {0} its usual noise.</source>
        <translation>Bintik gambar {0} dari biasanya.</translation>
    </message>
    <message>
        <source>The picture has {0} of its usual detail.</source>
        <translation>Ketajaman gambar tinggal {0} dari biasanya.</translation>
    </message>
    <message>
        <source>This PC is short of power: the tile shows {0} pictures a second.</source>
        <translation>PC ini kekurangan daya olah: petak menampilkan {0} gambar per detik.</translation>
    </message>
    <message>
        <source>{0} of the picture is dark.</source>
        <translation>{0} dari gambar gelap.</translation>
    </message>
    <message>
        <source>{0} of the pictures arrive damaged.</source>
        <translation>{0} dari gambar tiba dalam keadaan rusak.</translation>
    </message>
</context>
<context>
    <name>KeyEditor</name>
    <message>
        <source>All as delivered</source>
        <translation>Semua seperti bawaan</translation>
    </message>
    <message>
        <source>All keys are as delivered.</source>
        <translation>Semua tombol seperti bawaan.</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>Seperti bawaan</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>Ubah tombol</translation>
    </message>
    <message>
        <source>Keys that differ now: {0}. Make all as delivered?</source>
        <translation>Tombol yang kini berbeda: {0}. Kembalikan semua ke bawaan?</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Biarkan</translation>
    </message>
    <message>
        <source>New keys…</source>
        <translation>Tombol baru…</translation>
    </message>
    <message>
        <source>No command is called so.</source>
        <translation>Tidak ada perintah yang bernama demikian.</translation>
    </message>
    <message>
        <source>Press the new keys for “{0}”. Esc leaves them as they are.</source>
        <translation>Tekan tombol baru untuk “{0}”. Esc membiarkannya tetap.</translation>
    </message>
    <message>
        <source>Search for a command or a key</source>
        <translation>Cari perintah atau tombol</translation>
    </message>
    <message>
        <source>Take keys away</source>
        <translation>Lepas tombol</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Ambil alih</translation>
    </message>
    <message>
        <source>This key cannot be used.</source>
        <translation>Tombol ini tidak dapat dipakai.</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>diubah</translation>
    </message>
    <message>
        <source>{0}  ·  Enter: new keys</source>
        <translation>{0}  ·  Enter: tombol baru</translation>
    </message>
    <message>
        <source>{0} Press others.</source>
        <translation>{0} Tekan yang lain.</translation>
    </message>
    <message>
        <source>{0} is with “{1}”</source>
        <translation>{0} dipakai “{1}”</translation>
    </message>
    <message>
        <source>{0} now does “{1}”. Take it over?</source>
        <translation>{0} kini untuk “{1}”. Ambil alih?</translation>
    </message>
    <message>
        <source>“{0}” must keep a key.</source>
        <translation>“{0}” harus tetap memiliki tombol.</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Monitor {0} is not plugged in</source>
        <translation>Monitor {0} tidak terpasang</translation>
    </message>
    <message>
        <source>No camera has the number {0}</source>
        <translation>Tidak ada kamera bernomor {0}</translation>
    </message>
    <message>
        <source>Number of the camera to call up</source>
        <translation>Nomor kamera yang dipanggil</translation>
    </message>
    <message>
        <source>Several cameras have the number {0}: search for the code</source>
        <translation>Beberapa kamera bernomor {0}: cari dengan kodenya</translation>
    </message>
    <message>
        <source>There is no monitor {0}</source>
        <translation>Tidak ada monitor {0}</translation>
    </message>
    <message>
        <source>There is no tile {0}</source>
        <translation>Tidak ada petak {0}</translation>
    </message>
    <message>
        <source>Type monitor.tile.camera, tile.camera or a camera&apos;s number</source>
        <translation>Ketik monitor.petak.kamera, petak.kamera, atau nomor kamera</translation>
    </message>
    <message>
        <source>monitor . tile . camera, Enter calls it up</source>
        <translation>monitor . petak . kamera, Enter memanggilnya</translation>
    </message>
    <message>
        <source>{0} → monitor {1}, the next free tile</source>
        <translation>{0} → monitor {1}, petak kosong berikutnya</translation>
    </message>
    <message>
        <source>{0} → monitor {1}, tile {2}</source>
        <translation>{0} → monitor {1}, petak {2}</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Keys</source>
        <translation>Tombol</translation>
    </message>
    <message>
        <source>List of keys</source>
        <translation>Daftar tombol</translation>
    </message>
    <message>
        <source>Mouse: double-click fills the wall · drag swaps tiles · right-click opens the menu</source>
        <translation>Tetikus: klik ganda memenuhi dinding · seret menukar petak · klik kanan membuka menu</translation>
    </message>
    <message>
        <source>No command and no key is called so. Try other letters.</source>
        <translation>Tidak ada perintah atau tombol yang bernama demikian. Coba huruf lain.</translation>
    </message>
    <message>
        <source>Search for a command or a key</source>
        <translation>Cari perintah atau tombol</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>en</source>
        <translation>id</translation>
    </message>
</context>
<context>
    <name>Layout</name>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Delete the layout ‘{0}’? Its cameras stay on the wall.</source>
        <translation>Hapus tata letak ‘{0}’? Kameranya tetap di dinding.</translation>
    </message>
    <message>
        <source>Layout {0}</source>
        <translation>Tata letak {0}</translation>
    </message>
    <message>
        <source>Layout ‘{0}’ is locked.</source>
        <translation>Tata letak ‘{0}’ dikunci.</translation>
    </message>
    <message>
        <source>Layout ‘{0}’ is saved.</source>
        <translation>Tata letak ‘{0}’ disimpan.</translation>
    </message>
    <message>
        <source>Layout ‘{0}’ is unlocked.</source>
        <translation>Kunci tata letak ‘{0}’ dibuka.</translation>
    </message>
    <message>
        <source>New name of the layout ‘{0}’:</source>
        <translation>Nama baru tata letak ‘{0}’:</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Ganti nama</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Save what this monitor shows under this name:</source>
        <translation>Simpan isi monitor ini dengan nama:</translation>
    </message>
    <message>
        <source>This monitor shows no saved layout.</source>
        <translation>Monitor ini tidak menampilkan tata letak tersimpan.</translation>
    </message>
</context>
<context>
    <name>Life</name>
    <message>
        <source>closing</source>
        <translation>ditutup</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>menyambung</translation>
    </message>
    <message>
        <source>not opened</source>
        <translation>belum dibuka</translation>
    </message>
    <message>
        <source>playing</source>
        <translation>berjalan</translation>
    </message>
    <message>
        <source>stalled</source>
        <translation>terhenti</translation>
    </message>
    <message>
        <source>waiting to try again</source>
        <translation>menunggu dicoba lagi</translation>
    </message>
</context>
<context>
    <name>List</name>
    <message>
        <source>The list of {0} cameras comes soon.</source>
        <translation>Daftar berisi {0} kamera segera datang.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Pakai</translation>
    </message>
    <message>
        <source>Use the list of {0} cameras instead of {1}? The others leave this wall.</source>
        <translation>Pakai daftar berisi {0} kamera, bukan {1}? Kamera lainnya hilang dari dinding ini.</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>Arrows or dragging move · + − zoom · Home: all · Tab: next one · Enter: show it · Esc closes</source>
        <translation>Panah atau seret menggeser · + − zum · Home: semua · Tab: berikutnya · Enter: tampilkan · Esc menutup</translation>
    </message>
    <message>
        <source>Jump to a camera, site or kelurahan</source>
        <translation>Lompat ke kamera, lokasi, atau kelurahan</translation>
    </message>
    <message>
        <source>Map of the cameras</source>
        <translation>Peta kamera</translation>
    </message>
    <message>
        <source>N ↑</source>
        <translation>U ↑</translation>
    </message>
    <message>
        <source>Without a position: {0}</source>
        <translation>Tanpa posisi: {0}</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>menyambung</translation>
    </message>
    <message>
        <source>late or stale</source>
        <translation>tertunda atau terhenti</translation>
    </message>
    <message>
        <source>live</source>
        <translation>langsung</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>tanpa gambar</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>tidak ditemukan</translation>
    </message>
    <message>
        <source>not on the wall</source>
        <translation>tidak di dinding</translation>
    </message>
    <message>
        <source>{0} +{1}</source>
        <translation>{0} +{1}</translation>
    </message>
    <message>
        <source>{0} km</source>
        <translation>{0} km</translation>
    </message>
    <message>
        <source>{0} m</source>
        <translation>{0} m</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} dari {1}</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>Layouts</source>
        <translation>Tata letak</translation>
    </message>
    <message>
        <source>Main menu</source>
        <translation>Menu utama</translation>
    </message>
    <message>
        <source>Salvos</source>
        <translation>Salvo</translation>
    </message>
    <message>
        <source>Saved layouts</source>
        <translation>Tata letak tersimpan</translation>
    </message>
    <message>
        <source>Tile {0}</source>
        <translation>Petak {0}</translation>
    </message>
    <message>
        <source>Tours</source>
        <translation>Tur</translation>
    </message>
</context>
<context>
    <name>Need</name>
    <message>
        <source>No camera list is held back.</source>
        <translation>Tidak ada daftar kamera yang ditahan.</translation>
    </message>
    <message>
        <source>No remote control is on this wall.</source>
        <translation>Dinding ini tidak sedang dikendalikan dari jauh.</translation>
    </message>
    <message>
        <source>No tile is a hotspot.</source>
        <translation>Tidak ada petak sorot.</translation>
    </message>
    <message>
        <source>No tour runs on this monitor.</source>
        <translation>Tidak ada tur yang berjalan di monitor ini.</translation>
    </message>
    <message>
        <source>Nobody has signed in.</source>
        <translation>Belum ada yang masuk.</translation>
    </message>
    <message>
        <source>Nobody signs in at this wall.</source>
        <translation>Tidak ada yang masuk di dinding ini.</translation>
    </message>
    <message>
        <source>Only a chief directs the walls of posts: sign in as one.</source>
        <translation>Hanya atasan yang mengendalikan dinding pos: masuklah sebagai atasan.</translation>
    </message>
    <message>
        <source>Select a tile first.</source>
        <translation>Pilih petak lebih dulu.</translation>
    </message>
    <message>
        <source>Select a tile with a camera first.</source>
        <translation>Pilih petak yang berisi kamera lebih dulu.</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>Tidak ada yang dapat dibatalkan.</translation>
    </message>
    <message>
        <source>There is only one monitor.</source>
        <translation>Hanya ada satu monitor.</translation>
    </message>
    <message>
        <source>This monitor shows no saved layout.</source>
        <translation>Monitor ini tidak menampilkan tata letak tersimpan.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>A few letters will do</source>
        <translation>Cukup beberapa huruf</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Cari perintah</translation>
    </message>
    <message>
        <source>Nothing is called so. Try other letters.</source>
        <translation>Tidak ada yang bernama demikian. Coba huruf lain.</translation>
    </message>
    <message>
        <source>{0}  ·  Enter: do it</source>
        <translation>{0}  ·  Enter: jalankan</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>1 camera · 1 kelurahan</source>
        <translation>1 kamera · 1 kelurahan</translation>
    </message>
    <message>
        <source>1 record of the registry was left out</source>
        <translation>1 catatan registri dilewati</translation>
    </message>
    <message>
        <source>Camera list</source>
        <translation>Daftar kamera</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Enter shows the first, Ctrl+Enter all of them</source>
        <translation>Enter menampilkan yang pertama, Ctrl+Enter semuanya</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>How cameras are listed</source>
        <translation>Cara kamera didaftar</translation>
    </message>
    <message>
        <source>Kelurahan</source>
        <translation>Kelurahan</translation>
    </message>
    <message>
        <source>Loading the camera list…</source>
        <translation>Memuat daftar kamera…</translation>
    </message>
    <message>
        <source>Name, code, site or kelurahan</source>
        <translation>Nama, kode, lokasi, kelurahan</translation>
    </message>
    <message>
        <source>No camera matches ‘{0}’</source>
        <translation>Tidak ada kamera yang cocok dengan ‘{0}’</translation>
    </message>
    <message>
        <source>No favourites yet. Press F on a camera in the list to keep it here.</source>
        <translation>Belum ada favorit. Tekan F pada kamera dalam daftar untuk menyimpannya di sini.</translation>
    </message>
    <message>
        <source>Planned, not there yet</source>
        <translation>Direncanakan, belum terpasang</translation>
    </message>
    <message>
        <source>Private place</source>
        <translation>Tempat pribadi</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Terakhir</translation>
    </message>
    <message>
        <source>Row {0}, {1}: {2}</source>
        <translation>Baris {0}, {1}: {2}</translation>
    </message>
    <message>
        <source>Search for a camera</source>
        <translation>Cari kamera</translation>
    </message>
    <message>
        <source>The cameras that you show on the wall are listed here, the last one first.</source>
        <translation>Kamera yang Anda tampilkan di dinding tercantum di sini, yang terakhir lebih dulu.</translation>
    </message>
    <message>
        <source>The list is this PC&apos;s last good copy.</source>
        <translation>Daftar ini salinan baik terakhir di PC ini.</translation>
    </message>
    <message>
        <source>The registry lists no camera for this post.</source>
        <translation>Registri tidak mencantumkan kamera untuk pos ini.</translation>
    </message>
    <message>
        <source>The registry lists {0} cameras instead of {1}: held back until IT agrees.</source>
        <translation>Registri mencantumkan {0} kamera, bukan {1}: ditahan sampai TI menyetujui.</translation>
    </message>
    <message>
        <source>There is no camera list yet: the registry cannot be reached.</source>
        <translation>Belum ada daftar kamera: registri tidak terjangkau.</translation>
    </message>
    <message>
        <source>Under maintenance</source>
        <translation>Dalam perbaikan</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Satuan</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>favorit</translation>
    </message>
    <message>
        <source>on tile {0}</source>
        <translation>di petak {0}</translation>
    </message>
    <message>
        <source>{0} cameras · {1} kelurahan</source>
        <translation>{0} kamera · {1} kelurahan</translation>
    </message>
    <message>
        <source>{0} found</source>
        <translation>{0} ditemukan</translation>
    </message>
    <message>
        <source>{0} listed</source>
        <translation>{0} terdaftar</translation>
    </message>
    <message>
        <source>{0} records of the registry were left out</source>
        <translation>{0} catatan registri dilewati</translation>
    </message>
    <message>
        <source>{0}, cameras: {1}</source>
        <translation>{0}, kamera: {1}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>… dan {0} lagi</translation>
    </message>
</context>
<context>
    <name>Posts</name>
    <message>
        <source>Asking the registry…</source>
        <translation>Menanyakan registri…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Cameras that were found</source>
        <translation>Kamera yang ditemukan</translation>
    </message>
    <message>
        <source>Choose a wall on the left.</source>
        <translation>Pilih dinding di sebelah kiri.</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Berapa lama</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Jadwal</translation>
    </message>
    <message>
        <source>Hours of {0}</source>
        <translation>Jadwal {0}</translation>
    </message>
    <message>
        <source>It changed by itself at {0}.</source>
        <translation>Berubah dengan sendirinya pukul {0}.</translation>
    </message>
    <message>
        <source>It is not as you have seen it.</source>
        <translation>Keadaannya tidak lagi seperti yang Anda lihat.</translation>
    </message>
    <message>
        <source>It is on the wall.</source>
        <translation>Sudah tampil di dinding.</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Pesan</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Monitor</translation>
    </message>
    <message>
        <source>Monitor {0}</source>
        <translation>Monitor {0}</translation>
    </message>
    <message>
        <source>Monitor {0}: {1}</source>
        <translation>Monitor {0}: {1}</translation>
    </message>
    <message>
        <source>Name, code or kelurahan</source>
        <translation>Nama, kode, atau kelurahan</translation>
    </message>
    <message>
        <source>No post in your jurisdiction has reported a wall yet.</source>
        <translation>Belum ada pos di wilayah Anda yang melaporkan dindingnya.</translation>
    </message>
    <message>
        <source>No report for {0}: what it shows now is not known.</source>
        <translation>Tanpa laporan selama {0}: isinya kini tidak diketahui.</translation>
    </message>
    <message>
        <source>Nothing is ordered there.</source>
        <translation>Tidak ada perintah di sana.</translation>
    </message>
    <message>
        <source>One camera on one tile</source>
        <translation>Satu kamera di satu petak</translation>
    </message>
    <message>
        <source>Ordered: the post shows it as soon as it has it.</source>
        <translation>Diperintahkan: pos menampilkannya begitu menerimanya.</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Tampil</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Pos</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>Laporan</translation>
    </message>
    <message>
        <source>Reported {0} ago</source>
        <translation>Dilaporkan {0} yang lalu</translation>
    </message>
    <message>
        <source>Search for a camera</source>
        <translation>Cari kamera</translation>
    </message>
    <message>
        <source>Search for a post</source>
        <translation>Cari pos</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Kirim</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Mengirim…</translation>
    </message>
    <message>
        <source>Show something</source>
        <translation>Tampilkan</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Cabut</translation>
    </message>
    <message>
        <source>Taken back: the post shows again what it had.</source>
        <translation>Dicabut: pos kembali menampilkan miliknya.</translation>
    </message>
    <message>
        <source>Taking it back…</source>
        <translation>Mencabut…</translation>
    </message>
    <message>
        <source>The hours are not saved: do it once more to drop the changes.</source>
        <translation>Jadwal belum disimpan: ulangi sekali lagi untuk membuang perubahannya.</translation>
    </message>
    <message>
        <source>The hours are saved.</source>
        <translation>Jadwal tersimpan.</translation>
    </message>
    <message>
        <source>The officer at the post has released it.</source>
        <translation>Petugas di pos telah melepaskannya.</translation>
    </message>
    <message>
        <source>The order is not sent: do it once more to drop its message.</source>
        <translation>Perintah belum dikirim: ulangi sekali lagi untuk membuang pesannya.</translation>
    </message>
    <message>
        <source>The post could not show it: {0}</source>
        <translation>Pos tidak dapat menampilkannya: {0}</translation>
    </message>
    <message>
        <source>The post has not answered yet…</source>
        <translation>Pos belum menjawab…</translation>
    </message>
    <message>
        <source>The post shows what it likes.</source>
        <translation>Pos menampilkan pilihannya sendiri.</translation>
    </message>
    <message>
        <source>The post&apos;s console is not heard of: it is shown once that is back.</source>
        <translation>Konsol pos tidak terdengar: tampil begitu konsol itu kembali.</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Petak</translation>
    </message>
    <message>
        <source>Tile {0}.{1}</source>
        <translation>Petak {0}.{1}</translation>
    </message>
    <message>
        <source>To be shown at {0}</source>
        <translation>Untuk ditampilkan di {0}</translation>
    </message>
    <message>
        <source>Walls</source>
        <translation>Dinding</translation>
    </message>
    <message>
        <source>Walls of posts</source>
        <translation>Dinding pos</translation>
    </message>
    <message>
        <source>Wanted by {0}: {1}</source>
        <translation>Perintah {0}: {1}</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Yang ditampilkan</translation>
    </message>
    <message>
        <source>What is wanted there is not known yet.</source>
        <translation>Perintah yang berlaku di sana belum diketahui.</translation>
    </message>
    <message>
        <source>What monitor {0} shows here</source>
        <translation>Isi monitor {0} di sini</translation>
    </message>
    <message>
        <source>Words to the officer at the post</source>
        <translation>Pesan kepada petugas di pos</translation>
    </message>
    <message>
        <source>Words to the officer at the post, if need be</source>
        <translation>Pesan kepada petugas di pos, bila perlu</translation>
    </message>
    <message>
        <source>a camera on tile {0} of monitor {1}</source>
        <translation>satu kamera di petak {0} monitor {1}</translation>
    </message>
    <message>
        <source>the layout ‘{0}’ on monitor {1}</source>
        <translation>tata letak ‘{0}’ di monitor {1}</translation>
    </message>
    <message>
        <source>until taken back</source>
        <translation>sampai dicabut</translation>
    </message>
    <message>
        <source>{0} Save once more to put yours in their place; F4 shows theirs.</source>
        <translation>{0} Simpan sekali lagi untuk menggantinya dengan milik Anda; F4 memperlihatkan miliknya.</translation>
    </message>
    <message>
        <source>{0} What is wanted now stands above: do the same once more to replace it.</source>
        <translation>{0} Perintah yang berlaku tertera di atas: lakukan sekali lagi untuk menggantinya.</translation>
    </message>
    <message>
        <source>{0} changed it at {1}.</source>
        <translation>{0} mengubahnya pukul {1}.</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} dari {1}</translation>
    </message>
</context>
<context>
    <name>Purpose</name>
    <message>
        <source>A complaint</source>
        <translation>Pengaduan</translation>
    </message>
    <message>
        <source>An incident</source>
        <translation>Kejadian</translation>
    </message>
    <message>
        <source>Another reason, in words</source>
        <translation>Alasan lain, ditulis</translation>
    </message>
    <message>
        <source>It holds for {0} minutes and is written down with your name. Esc closes this page.</source>
        <translation>Berlaku selama {0} menit dan dicatat dengan nama Anda. Esc menutup halaman ini.</translation>
    </message>
    <message>
        <source>Maintenance of the camera</source>
        <translation>Perawatan kamera</translation>
    </message>
    <message>
        <source>The owner asks for it</source>
        <translation>Permintaan pemilik</translation>
    </message>
    <message>
        <source>The reason in words</source>
        <translation>Alasan tertulis</translation>
    </message>
    <message>
        <source>Why do you look at this camera?</source>
        <translation>Untuk apa Anda melihat kamera ini?</translation>
    </message>
    <message>
        <source>Write the reason, then Enter</source>
        <translation>Tulis alasannya, lalu Enter</translation>
    </message>
    <message>
        <source>{0}, key {1}</source>
        <translation>{0}, tombol {1}</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>A video process stopped; its cameras are being reopened.</source>
        <translation>Sebuah proses video berhenti; kameranya sedang dibuka kembali.</translation>
    </message>
    <message>
        <source>Data arrives, but no picture can be made of it.</source>
        <translation>Data masuk, tetapi tidak dapat dijadikan gambar.</translation>
    </message>
    <message>
        <source>No video process can be started on this PC.</source>
        <translation>Proses video tidak dapat dijalankan di PC ini.</translation>
    </message>
    <message>
        <source>Nothing answers at the address of the camera&apos;s relay.</source>
        <translation>Tidak ada jawaban dari alamat relai kamera.</translation>
    </message>
    <message>
        <source>Nothing answers at the camera&apos;s address.</source>
        <translation>Tidak ada jawaban dari alamat kamera.</translation>
    </message>
    <message>
        <source>The account at the relay may not watch this stream.</source>
        <translation>Akun di relai tidak berhak melihat aliran video ini.</translation>
    </message>
    <message>
        <source>The answer of the camera&apos;s relay cannot be understood.</source>
        <translation>Jawaban relai kamera tidak dapat dipahami.</translation>
    </message>
    <message>
        <source>The camera asks for a password and does not answer the one that it gets.</source>
        <translation>Kamera meminta kata sandi dan tidak menjawab kata sandi yang diterimanya.</translation>
    </message>
    <message>
        <source>The camera cannot prove who it is (its certificate is not valid).</source>
        <translation>Kamera tidak dapat membuktikan identitasnya (sertifikatnya tidak sah).</translation>
    </message>
    <message>
        <source>The camera ended the stream.</source>
        <translation>Kamera mengakhiri aliran video.</translation>
    </message>
    <message>
        <source>The camera has no such stream (404).</source>
        <translation>Kamera tidak memiliki aliran video ini (404).</translation>
    </message>
    <message>
        <source>The camera is busy: it serves no further viewer for now.</source>
        <translation>Kamera sibuk: untuk sementara tidak melayani penonton lain.</translation>
    </message>
    <message>
        <source>The camera is connected but sends no pictures.</source>
        <translation>Kamera tersambung, tetapi tidak mengirim gambar.</translation>
    </message>
    <message>
        <source>The camera refuses the user name or password.</source>
        <translation>Kamera menolak nama pengguna atau kata sandi.</translation>
    </message>
    <message>
        <source>The camera sends no video that this console can show.</source>
        <translation>Kamera tidak mengirim video yang dapat ditampilkan konsol ini.</translation>
    </message>
    <message>
        <source>The camera stopped sending; the connection is still open.</source>
        <translation>Kamera berhenti mengirim; sambungannya masih terbuka.</translation>
    </message>
    <message>
        <source>The camera takes the connection but does not answer.</source>
        <translation>Kamera menerima sambungan, tetapi tidak menjawab.</translation>
    </message>
    <message>
        <source>The camera&apos;s account may not watch this stream.</source>
        <translation>Akun kamera tidak berhak melihat aliran video ini.</translation>
    </message>
    <message>
        <source>The camera&apos;s address answers, but its video port is closed.</source>
        <translation>Alamat kamera menjawab, tetapi porta videonya tertutup.</translation>
    </message>
    <message>
        <source>The camera&apos;s answer cannot be understood.</source>
        <translation>Jawaban kamera tidak dapat dipahami.</translation>
    </message>
    <message>
        <source>The camera&apos;s network name is not known.</source>
        <translation>Nama jaringan kamera tidak dikenal.</translation>
    </message>
    <message>
        <source>The camera&apos;s relay ended the stream.</source>
        <translation>Relai kamera mengakhiri aliran video.</translation>
    </message>
    <message>
        <source>The camera&apos;s relay has no such stream now (404).</source>
        <translation>Relai kamera kini tidak memiliki aliran video ini (404).</translation>
    </message>
    <message>
        <source>The camera&apos;s relay is connected but sends no pictures.</source>
        <translation>Relai kamera tersambung, tetapi tidak mengirim gambar.</translation>
    </message>
    <message>
        <source>The camera&apos;s relay refuses the user name or password.</source>
        <translation>Relai kamera menolak nama pengguna atau kata sandi.</translation>
    </message>
    <message>
        <source>The camera&apos;s relay takes the connection but does not answer.</source>
        <translation>Relai kamera menerima sambungan, tetapi tidak menjawab.</translation>
    </message>
    <message>
        <source>The connection to the camera broke.</source>
        <translation>Sambungan ke kamera putus.</translation>
    </message>
    <message>
        <source>The connection to the camera&apos;s relay broke.</source>
        <translation>Sambungan ke relai kamera putus.</translation>
    </message>
    <message>
        <source>The network name of the camera&apos;s relay is not known.</source>
        <translation>Nama jaringan relai kamera tidak dikenal.</translation>
    </message>
    <message>
        <source>The purpose for this private camera has expired.</source>
        <translation>Masa tujuan untuk kamera pribadi ini telah habis.</translation>
    </message>
    <message>
        <source>The registry cannot be reached and this camera has no valid lease.</source>
        <translation>Registri tidak terjangkau dan izin akses kamera ini tidak berlaku.</translation>
    </message>
    <message>
        <source>The registry does not let this post watch this camera.</source>
        <translation>Registri tidak mengizinkan pos ini melihat kamera ini.</translation>
    </message>
    <message>
        <source>The registry gave an address that is not allowed for cameras.</source>
        <translation>Registri memberi alamat yang tidak diizinkan untuk kamera.</translation>
    </message>
    <message>
        <source>The registry lists no video stream for this camera.</source>
        <translation>Registri tidak mencantumkan aliran video untuk kamera ini.</translation>
    </message>
    <message>
        <source>The registry no longer lists this camera for this post.</source>
        <translation>Registri tidak lagi mencantumkan kamera ini untuk pos ini.</translation>
    </message>
    <message>
        <source>The relay cannot prove who it is (its certificate is not valid).</source>
        <translation>Relai tidak dapat membuktikan identitasnya (sertifikatnya tidak sah).</translation>
    </message>
    <message>
        <source>The relay is busy: it serves no further viewer for now.</source>
        <translation>Relai sibuk: untuk sementara tidak melayani penonton lain.</translation>
    </message>
    <message>
        <source>The relay stopped sending; the connection is still open.</source>
        <translation>Relai berhenti mengirim; sambungannya masih terbuka.</translation>
    </message>
    <message>
        <source>The relay&apos;s address answers, but its video port is closed.</source>
        <translation>Alamat relai menjawab, tetapi porta videonya tertutup.</translation>
    </message>
    <message>
        <source>This PC cannot play more cameras at a time.</source>
        <translation>PC ini tidak sanggup memutar lebih banyak kamera.</translation>
    </message>
    <message>
        <source>This is a private camera: say why you look at it.</source>
        <translation>Ini kamera pribadi: sebutkan tujuan Anda melihatnya.</translation>
    </message>
    <message>
        <source>This program failed on this camera&apos;s stream.</source>
        <translation>Program ini gagal mengolah aliran video kamera ini.</translation>
    </message>
    <message>
        <source>What must stay hidden here is not known, so nothing is shown.</source>
        <translation>Yang wajib ditutup tidak diketahui, jadi tidak ada yang ditampilkan.</translation>
    </message>
</context>
<context>
    <name>Remote</name>
    <message>
        <source>An order could not be shown: {0}</source>
        <translation>Sebuah perintah tidak dapat ditampilkan: {0}</translation>
    </message>
    <message>
        <source>An order of {0} could not be shown on monitor {1}: {2}</source>
        <translation>Perintah {0} tidak dapat ditampilkan di monitor {1}: {2}</translation>
    </message>
    <message>
        <source>Monitor {0}: {1}</source>
        <translation>Monitor {0}: {1}</translation>
    </message>
    <message>
        <source>Monitor {1} is yours again; {0} is told.</source>
        <translation>Monitor {1} kembali milik Anda; {0} diberi tahu.</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Lepaskan</translation>
    </message>
    <message>
        <source>Release the remote control</source>
        <translation>Lepaskan kendali jarak jauh</translation>
    </message>
    <message>
        <source>Remote control: {0}</source>
        <translation>Kendali jarak jauh: {0}</translation>
    </message>
    <message>
        <source>The remote control by {0} has ended: monitor {1} shows what you had.</source>
        <translation>Kendali jarak jauh oleh {0} berakhir: monitor {1} kembali seperti milik Anda tadi.</translation>
    </message>
    <message>
        <source>a chief</source>
        <translation>seorang atasan</translation>
    </message>
    <message>
        <source>since {0}</source>
        <translation>sejak {0}</translation>
    </message>
    <message>
        <source>the registry cannot be reached: it stays until it is taken back</source>
        <translation>registri tidak terjangkau: tetap begini sampai dicabut</translation>
    </message>
    <message>
        <source>the registry cannot be reached: it stays until {0}</source>
        <translation>registri tidak terjangkau: tetap begini sampai {0}</translation>
    </message>
    <message>
        <source>the schedule</source>
        <translation>jadwal</translation>
    </message>
    <message>
        <source>the schedule of {0}</source>
        <translation>jadwal dari {0}</translation>
    </message>
    <message>
        <source>until {0}</source>
        <translation>sampai {0}</translation>
    </message>
    <message>
        <source>{0} (chief)</source>
        <translation>{0} (atasan)</translation>
    </message>
    <message>
        <source>{0} directs monitor {1} now.</source>
        <translation>{0} kini mengendalikan monitor {1}.</translation>
    </message>
</context>
<context>
    <name>Reserved</name>
    <message>
        <source>Digits, point and comma call up cameras by number.</source>
        <translation>Angka, titik, dan koma memanggil kamera menurut nomornya.</translation>
    </message>
    <message>
        <source>Tab moves from one field to the next.</source>
        <translation>Tab berpindah dari satu kolom ke kolom berikutnya.</translation>
    </message>
</context>
<context>
    <name>Salvo</name>
    <message>
        <source>Not there: monitor {0}.</source>
        <translation>Tidak ada: monitor {0}.</translation>
    </message>
    <message>
        <source>The saved layout {0} is not there any more.</source>
        <translation>Tata letak tersimpan {0} sudah tidak ada.</translation>
    </message>
    <message>
        <source>Under remote control and left as it is: monitor {0}.</source>
        <translation>Dikendalikan dari jauh dan dibiarkan: monitor {0}.</translation>
    </message>
</context>
<context>
    <name>Scene</name>
    <message>
        <source>1 camera</source>
        <translation>1 kamera</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>tidak berubah</translation>
    </message>
    <message>
        <source>{0} (not there any more)</source>
        <translation>{0} (sudah tidak ada)</translation>
    </message>
    <message>
        <source>{0} cameras</source>
        <translation>{0} kamera</translation>
    </message>
</context>
<context>
    <name>Shared</name>
    <message>
        <source>Changing ‘{0}’…</source>
        <translation>Mengubah ‘{0}’…</translation>
    </message>
    <message>
        <source>Delete the shared layout ‘{0}’ for everybody? Its cameras stay on the wall.</source>
        <translation>Hapus tata letak bersama ‘{0}’ untuk semua orang? Kameranya tetap di dinding.</translation>
    </message>
    <message>
        <source>Layout ‘{0}’ is shared.</source>
        <translation>Tata letak ‘{0}’ dibagikan.</translation>
    </message>
    <message>
        <source>No police unit is known yet with which it could be shared.</source>
        <translation>Belum diketahui satuan polisi yang dapat menerimanya.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ganti</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Bagikan</translation>
    </message>
    <message>
        <source>Share a layout</source>
        <translation>Bagikan tata letak</translation>
    </message>
    <message>
        <source>Share ‘{0}’ with</source>
        <translation>Bagikan ‘{0}’ kepada</translation>
    </message>
    <message>
        <source>Sharing ‘{0}’…</source>
        <translation>Membagikan ‘{0}’…</translation>
    </message>
    <message>
        <source>Space ticks a unit. You and the chiefs of {0} change it; others read it.</source>
        <translation>Spasi mencentang satuan. Anda dan atasan {0} dapat mengubahnya; yang lain membacanya.</translation>
    </message>
    <message>
        <source>The shared layout ‘{0}’ is changed.</source>
        <translation>Tata letak bersama ‘{0}’ diubah.</translation>
    </message>
    <message>
        <source>The shared layout ‘{0}’ is deleted.</source>
        <translation>Tata letak bersama ‘{0}’ dihapus.</translation>
    </message>
    <message>
        <source>Units that read it</source>
        <translation>Satuan yang membacanya</translation>
    </message>
    <message>
        <source>{0}, as last known</source>
        <translation>{0}, terakhir diketahui</translation>
    </message>
    <message>
        <source>‘{0}’: {1} Delete it all the same?</source>
        <translation>‘{0}’: {1} Tetap hapus?</translation>
    </message>
    <message>
        <source>‘{0}’: {1} Put yours in its place?</source>
        <translation>‘{0}’: {1} Ganti dengan milik Anda?</translation>
    </message>
</context>
<context>
    <name>Sign</name>
    <message>
        <source>CONNECTING</source>
        <translation>MENYAMBUNG</translation>
    </message>
    <message>
        <source>EMPTY</source>
        <translation>KOSONG</translation>
    </message>
    <message>
        <source>LATE</source>
        <translation>TERTUNDA</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LANGSUNG</translation>
    </message>
    <message>
        <source>NO PICTURE</source>
        <translation>TANPA GAMBAR</translation>
    </message>
    <message>
        <source>STALE</source>
        <translation>TERHENTI</translation>
    </message>
</context>
<context>
    <name>Snapshot</name>
    <message>
        <source>Saved among this PC&apos;s pictures: {0}</source>
        <translation>Tersimpan di antara gambar PC ini: {0}</translation>
    </message>
    <message>
        <source>Saving a snapshot of {0}…</source>
        <translation>Menyimpan gambar dari {0}…</translation>
    </message>
    <message>
        <source>There is no picture to take on this tile.</source>
        <translation>Tidak ada gambar yang dapat diambil di petak ini.</translation>
    </message>
    <message>
        <source>This is a private camera: press P and say why you look at it, then take the snapshot.</source>
        <translation>Ini kamera pribadi: tekan P dan sebutkan tujuan Anda melihatnya, lalu ambil gambarnya.</translation>
    </message>
    <message>
        <source>What must stay hidden in this picture is not known, so no snapshot is taken.</source>
        <translation>Bagian yang wajib ditutup tidak diketahui, jadi gambar tidak diambil.</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>Connecting…</source>
        <translation>Menyambung…</translation>
    </message>
    <message>
        <source>Drag a camera here or double-click one in the list</source>
        <translation>Seret kamera ke sini atau klik ganda di daftar</translation>
    </message>
    <message>
        <source>HD…</source>
        <translation>HD…</translation>
    </message>
    <message>
        <source>Next try in {0}</source>
        <translation>Dicoba lagi dalam {0}</translation>
    </message>
    <message>
        <source>No new picture arrives.</source>
        <translation>Gambar baru tidak datang.</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Tidak ada gambar.</translation>
    </message>
    <message>
        <source>Trying again…</source>
        <translation>Mencoba lagi…</translation>
    </message>
    <message>
        <source>Unknown camera</source>
        <translation>Kamera tidak dikenal</translation>
    </message>
    <message>
        <source>×{0}</source>
        <translation>×{0}</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>A step of {0} is left out: its saved layout is not there any more.</source>
        <translation>Satu langkah {0} dilewati: tata letak tersimpannya sudah tidak ada.</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Cakupan</translation>
    </message>
    <message>
        <source>Least recently seen</source>
        <translation>Paling lama tidak dilihat</translation>
    </message>
    <message>
        <source>Nothing of {0} can be shown any more: it has ended.</source>
        <translation>Tidak ada lagi isi {0} yang dapat ditampilkan: tur berakhir.</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>DIJEDA</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Langkah {0} dari {1}</translation>
    </message>
    <message>
        <source>Tour {0}</source>
        <translation>Tur {0}</translation>
    </message>
    <message>
        <source>You changed what the monitor shows: {0} is paused.</source>
        <translation>Anda mengubah tampilan monitor: {0} dijeda.</translation>
    </message>
    <message>
        <source>the coverage tour</source>
        <translation>tur cakupan</translation>
    </message>
    <message>
        <source>the tour {0}</source>
        <translation>tur {0}</translation>
    </message>
    <message>
        <source>until the layout is back</source>
        <translation>sampai tata letak kembali</translation>
    </message>
    <message>
        <source>until the monitor is back</source>
        <translation>sampai monitor kembali</translation>
    </message>
    <message>
        <source>until the remote control ends</source>
        <translation>sampai kendali jarak jauh berakhir</translation>
    </message>
    <message>
        <source>you changed the wall  ·  {0}: go on</source>
        <translation>Anda mengubah dinding  ·  {0}: lanjutkan</translation>
    </message>
    <message>
        <source>{0}: go on</source>
        <translation>{0}: lanjutkan</translation>
    </message>
</context>
<context>
    <name>TourEditor</name>
    <message>
        <source>Add</source>
        <translation>Tambah</translation>
    </message>
    <message>
        <source>Call up now</source>
        <translation>Panggil sekarang</translation>
    </message>
    <message>
        <source>Cameras of a query</source>
        <translation>Kamera dari permintaan</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Delete the salvo ‘{0}’? Del once more deletes it.</source>
        <translation>Hapus salvo ‘{0}’? Del sekali lagi menghapusnya.</translation>
    </message>
    <message>
        <source>Delete the tour ‘{0}’? Del once more deletes it.</source>
        <translation>Hapus tur ‘{0}’? Del sekali lagi menghapusnya.</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Turun</translation>
    </message>
    <message>
        <source>How long a page is shown</source>
        <translation>Lama satu halaman ditampilkan</translation>
    </message>
    <message>
        <source>How long the step is shown</source>
        <translation>Lama langkah ditampilkan</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Ins</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Monitor</translation>
    </message>
    <message>
        <source>Monitor {0}</source>
        <translation>Monitor {0}</translation>
    </message>
    <message>
        <source>Monitor {0}, away</source>
        <translation>Monitor {0}, tidak terpasang</translation>
    </message>
    <message>
        <source>Monitors of the salvo</source>
        <translation>Monitor dalam salvo</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Baru</translation>
    </message>
    <message>
        <source>No layout is saved yet. Save what a monitor shows; then it can be a step.</source>
        <translation>Belum ada tata letak tersimpan. Simpan tampilan sebuah monitor, lalu jadikan langkah.</translation>
    </message>
    <message>
        <source>No layout is saved yet. Save what a monitor shows; then it can be called up.</source>
        <translation>Belum ada tata letak tersimpan. Simpan tampilan sebuah monitor, lalu bisa dipanggil.</translation>
    </message>
    <message>
        <source>No saved layout is on monitor {0}.</source>
        <translation>Tidak ada tata letak tersimpan di monitor {0}.</translation>
    </message>
    <message>
        <source>No step yet. Add puts one in; then choose its layout and how long it is shown.</source>
        <translation>Belum ada langkah. Tambahkan satu, lalu pilih tata letak dan lamanya.</translation>
    </message>
    <message>
        <source>One round takes {0}.</source>
        <translation>Satu putaran berlangsung {0}.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Ganti nama</translation>
    </message>
    <message>
        <source>Salvo {0}</source>
        <translation>Salvo {0}</translation>
    </message>
    <message>
        <source>Salvo ‘{0}’ is saved.</source>
        <translation>Salvo ‘{0}’ disimpan.</translation>
    </message>
    <message>
        <source>Salvos</source>
        <translation>Salvo</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Save and call up</source>
        <translation>Simpan dan panggil</translation>
    </message>
    <message>
        <source>Save and start</source>
        <translation>Simpan dan mulai</translation>
    </message>
    <message>
        <source>Saved layout</source>
        <translation>Tata letak tersimpan</translation>
    </message>
    <message>
        <source>Saved layout of the step</source>
        <translation>Tata letak tersimpan untuk langkah ini</translation>
    </message>
    <message>
        <source>Saved layouts</source>
        <translation>Tata letak tersimpan</translation>
    </message>
    <message>
        <source>Shown for</source>
        <translation>Lama tampil</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Menampilkan</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>Mulai sekarang</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Langkah</translation>
    </message>
    <message>
        <source>Steps of the tour</source>
        <translation>Langkah-langkah tur</translation>
    </message>
    <message>
        <source>Take what the monitors show now</source>
        <translation>Ambil tampilan monitor saat ini</translation>
    </message>
    <message>
        <source>There are changes. Ctrl+S saves them; do it once more to drop them.</source>
        <translation>Ada perubahan. Ctrl+S menyimpannya; ulangi sekali lagi untuk membuangnya.</translation>
    </message>
    <message>
        <source>These changes are not saved yet.</source>
        <translation>Perubahan ini belum disimpan.</translation>
    </message>
    <message>
        <source>Tiles at a time</source>
        <translation>Petak sekaligus</translation>
    </message>
    <message>
        <source>Tour {0}</source>
        <translation>Tur {0}</translation>
    </message>
    <message>
        <source>Tour ‘{0}’ is saved.</source>
        <translation>Tur ‘{0}’ disimpan.</translation>
    </message>
    <message>
        <source>Tours</source>
        <translation>Tur</translation>
    </message>
    <message>
        <source>Tours and salvos</source>
        <translation>Tur dan salvo</translation>
    </message>
    <message>
        <source>Tours or salvos</source>
        <translation>Tur atau salvo</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Naik</translation>
    </message>
    <message>
        <source>What the monitor shows</source>
        <translation>Yang ditampilkan monitor</translation>
    </message>
    <message>
        <source>What the tour shows</source>
        <translation>Yang ditampilkan tur</translation>
    </message>
    <message>
        <source>Without a query: all active cameras that need no purpose.</source>
        <translation>Tanpa permintaan: semua kamera aktif yang tidak memerlukan tujuan.</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>1 tile</source>
        <translation>1 petak</translation>
    </message>
    <message>
        <source>Camera health</source>
        <translation>Keadaan kamera</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Changed since it was opened: Esc takes that back, Ctrl+S saves it</source>
        <translation>Diubah sejak dibuka: Esc membatalkan, Ctrl+S menyimpan</translation>
    </message>
    <message>
        <source>Choose a layout</source>
        <translation>Pilih tata letak</translation>
    </message>
    <message>
        <source>For a while only: Esc brings back what was here before</source>
        <translation>Sementara: Esc mengembalikan yang tadi</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Keadaan</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tombol</translation>
    </message>
    <message>
        <source>Layout {0}</source>
        <translation>Tata letak {0}</translation>
    </message>
    <message>
        <source>Layouts</source>
        <translation>Tata letak</translation>
    </message>
    <message>
        <source>Local time</source>
        <translation>Waktu setempat</translation>
    </message>
    <message>
        <source>Main menu</source>
        <translation>Menu utama</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Registry connected</source>
        <translation>Registri tersambung</translation>
    </message>
    <message>
        <source>Registry lost {0} ago</source>
        <translation>Registri putus sejak {0} lalu</translation>
    </message>
    <message>
        <source>Registry not reached</source>
        <translation>Registri tidak terjangkau</translation>
    </message>
    <message>
        <source>Registry: connecting…</source>
        <translation>Registri: menyambung…</translation>
    </message>
    <message>
        <source>Shared layouts</source>
        <translation>Tata letak bersama</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Giliran jaga</translation>
    </message>
    <message>
        <source>Show or hide the camera list</source>
        <translation>Tampilkan atau sembunyikan daftar kamera</translation>
    </message>
    <message>
        <source>This layout is locked</source>
        <translation>Tata letak ini terkunci</translation>
    </message>
    <message>
        <source>Under remote control: release it before you change it</source>
        <translation>Dikendalikan dari jauh: lepaskan sebelum Anda mengubahnya</translation>
    </message>
    <message>
        <source>{0} (locked)</source>
        <translation>{0} (terkunci)</translation>
    </message>
    <message>
        <source>{0} of {1} live</source>
        <translation>{0} dari {1} langsung</translation>
    </message>
    <message>
        <source>{0} tiles</source>
        <translation>{0} petak</translation>
    </message>
</context>
<context>
    <name>Watchdog</name>
    <message>
        <source>It has not returned by itself: restart Pantau.</source>
        <translation>Dinding tidak pulih sendiri: mulai ulang Pantau.</translation>
    </message>
    <message>
        <source>It returns by itself. If it does not within a minute, restart Pantau.</source>
        <translation>Dinding akan pulih sendiri. Jika dalam semenit belum, mulai ulang Pantau.</translation>
    </message>
    <message>
        <source>It returns by itself; if it does not within a minute, it is started again.</source>
        <translation>Dinding akan pulih sendiri; jika dalam semenit belum, dinding dimulai ulang.</translation>
    </message>
    <message>
        <source>Pantau – the wall has stopped</source>
        <translation>Pantau – dinding berhenti</translation>
    </message>
    <message>
        <source>Pictures are not live. Last sign of life {0}, {1} ago.</source>
        <translation>Gambar tidak langsung. Tanda hidup terakhir pukul {0}, {1} yang lalu.</translation>
    </message>
    <message>
        <source>THE WALL HAS STOPPED</source>
        <translation>DINDING BERHENTI</translation>
    </message>
</context>
<context>
    <name>Week</name>
    <message>
        <source>Days</source>
        <translation>Hari</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Mulai</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Jam tayang</translation>
    </message>
    <message>
        <source>Hours of Jakarta. An end before its start is on the next day.</source>
        <translation>Waktu Jakarta. Akhir sebelum awal berarti hari berikutnya.</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Tata letak</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Monitor</translation>
    </message>
    <message>
        <source>New hours</source>
        <translation>Jam tayang baru</translation>
    </message>
    <message>
        <source>Save a layout first: hours show saved layouts.</source>
        <translation>Simpan tata letak dahulu: jadwal menampilkan tata letak tersimpan.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Sampai</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Camera list</source>
        <translation>Daftar kamera</translation>
    </message>
    <message>
        <source>Monitor {0}</source>
        <translation>Monitor {0}</translation>
    </message>
    <message>
        <source>Pantau video wall</source>
        <translation>Dinding video Pantau</translation>
    </message>
    <message>
        <source>Pantau – cameras</source>
        <translation>Pantau – kamera</translation>
    </message>
    <message>
        <source>Pantau – wall {0}</source>
        <translation>Pantau – dinding {0}</translation>
    </message>
    <message>
        <source>Tile {0}, {1}, {2}</source>
        <translation>Petak {0}, {1}, {2}</translation>
    </message>
    <message>
        <source>Video wall</source>
        <translation>Dinding video</translation>
    </message>
</context>
</TS>
