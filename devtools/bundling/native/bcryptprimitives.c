/* For wine before 9 alone, which lacks it; never shipped. Windows has had it since 8, and Rust's programs ask it for
   random numbers. RtlGenRandom is what ProcessPrng stands beside on Windows. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG bytes);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T bytes)
{
    return SystemFunction036(buffer, (ULONG)bytes);
}
