"""Writes look-alikes.bin from ICU's copy of Unicode's data: python3 Spelling/generate_look_alikes.py

Needs libicu (Debian: libicu72). Unicode Technical Standard 39 calls what a character looks like its skeleton.
The data is one stream of 7-bit-encoded numbers (BinaryReader.Read7BitEncodedInt), deflated:
  count, then (code point - previous, length, code points...) : skeletons, where they are not the character itself
  count, then (first - end of previous, length, script)       : runs of one script; Common and Inherited are left out
What normalization form KC already makes one is left out: names are in that form before they are looked up.
"""

import ctypes
import ctypes.util
import pathlib
import re
import unicodedata
import zlib

library = ctypes.util.find_library("icui18n")
assert library, "libicui18n is not installed"
version = re.search(r"\d+$", library).group()
i18n = ctypes.CDLL(library)
common = ctypes.CDLL(library.replace("icui18n", "icuuc"))


def function(of, name, result, *arguments):
    it = getattr(of, f"{name}_{version}")
    it.restype, it.argtypes = result, arguments
    return it


status = ctypes.c_int(0)
spoof_open = function(i18n, "uspoof_open", ctypes.c_void_p, ctypes.POINTER(ctypes.c_int))
get_skeleton = function(
    i18n, "uspoof_getSkeletonUTF8", ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_int,
    ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int))
get_script = function(common, "uscript_getScript", ctypes.c_int, ctypes.c_uint32, ctypes.POINTER(ctypes.c_int))
get_unicode_version = function(common, "u_getUnicodeVersion", None, ctypes.c_char_p)
checker = spoof_open(ctypes.byref(status))
buffer = ctypes.create_string_buffer(1024)
out = bytearray()


def write(*numbers: int) -> None:
    for n in numbers:
        while n >= 0x80:
            out.append(n & 0x7F | 0x80)
            n >>= 7
        out.append(n)


def skeleton(text: str) -> str:
    bytes_in = text.encode()
    length = get_skeleton(checker, 0, bytes_in, len(bytes_in), buffer, len(buffer), ctypes.byref(status))
    assert status.value <= 0, status.value
    return unicodedata.normalize("NFKC", buffer.raw[:length].decode())


everything = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and unicodedata.normalize("NFKC", chr(c)) == chr(c)]
skeletons = [(c, skeleton(chr(c))) for c in everything if skeleton(chr(c)) != chr(c)]
write(len(skeletons))
previous = 0
for c, to in skeletons:
    write(c - previous, len(to), *map(ord, to))
    previous = c

runs: list[list[int]] = []
for c in range(0x110000):
    script = get_script(c, ctypes.byref(status))
    # 0 Common, 1 Inherited, 103 Unknown.
    if script in (0, 1, 103):
        continue
    if runs and runs[-1][2] == script and runs[-1][0] + runs[-1][1] == c:
        runs[-1][1] += 1
    else:
        runs.append([c, 1, script])
write(len(runs))
end = 0
for first, length, script in runs:
    write(first - end, length, script)
    end = first + length

deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
packed = deflate.compress(bytes(out)) + deflate.flush()
pathlib.Path(__file__).with_name("look-alikes.bin").write_bytes(packed)
number = ctypes.create_string_buffer(4)
get_unicode_version(number)
print(f"Unicode {number.raw[0]}.{number.raw[1]}:", len(skeletons), "skeletons,", len(runs), "runs of a script,", len(packed), "bytes")
