/* python.exe for the Windows Python of the bundle: does what python311.dll's Py_Main does. */
#include <windows.h>

typedef int (*main_function)(int, wchar_t **);

int wmain(int count, wchar_t **words)
{
    HMODULE library = LoadLibraryW(L"python311.dll");
    main_function py_main = library ? (main_function)(void *)GetProcAddress(library, "Py_Main") : NULL;
    return py_main ? py_main(count, words) : 101;
}
