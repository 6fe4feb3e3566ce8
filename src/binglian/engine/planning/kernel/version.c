/* What this library was made of; tools/kernel.py looks for it to see whether it is current. */

#ifndef BINGLIAN_KERNEL_SOURCES
#define BINGLIAN_KERNEL_SOURCES "unknown"
#endif

const char *binglian_kernel_sources(void);

const char *binglian_kernel_sources(void) { return BINGLIAN_KERNEL_SOURCES; }
