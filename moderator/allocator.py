"""The C library's allocator, for a program that holds large messages now and then."""

import ctypes

M_MMAP_THRESHOLD = -3  # glibc's malloc.h
# glibc's own threshold rises to the size of whatever large buffer was freed last, up to 32 MiB. From then on such
# buffers lie on heaps, one for each thread, between small objects that keep the memory from being given back.
LARGE_BYTES = 256 << 10


def give_back_large_buffers() -> bool:
    """Let memory of LARGE_BYTES or more go back to the system when it is freed; call it before the model is loaded.

    False where the C library has no such setting.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(M_MMAP_THRESHOLD, LARGE_BYTES))
