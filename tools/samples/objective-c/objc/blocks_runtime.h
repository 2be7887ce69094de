// Part of libobjc2; the headers of GNUstep include it where the compiler has blocks.
#include <Block.h>
