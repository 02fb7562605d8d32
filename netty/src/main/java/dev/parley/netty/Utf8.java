package dev.parley.netty;

/** Tells whether bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    static boolean valid(byte[] bytes, int from, int length) {
        int end = from + length;
        int i = from;
        while (i < end) {
            int first = bytes[i++] & 0xff;
            if (first < 0x80) {
                continue;
            }
            int more;
            int low = 0x80;
            int high = 0xbf;
            if (first >= 0xc2 && first <= 0xdf) {
                more = 1;
            } else if (first >= 0xe0 && first <= 0xef) {
                more = 2;
                low = first == 0xe0 ? 0xa0 : low;
                high = first == 0xed ? 0x9f : high;
            } else if (first >= 0xf0 && first <= 0xf4) {
                more = 3;
                low = first == 0xf0 ? 0x90 : low;
                high = first == 0xf4 ? 0x8f : high;
            } else {
                return false;
            }
            if (i + more > end) {
                return false;
            }
            for (int k = 0; k < more; k++) {
                int next = bytes[i++] & 0xff;
                if (next < low || next > high) {
                    return false;
                }
                low = 0x80;
                high = 0xbf;
            }
        }
        return true;
    }
}
