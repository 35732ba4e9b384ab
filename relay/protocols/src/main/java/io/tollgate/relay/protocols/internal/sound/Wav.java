package io.tollgate.relay.protocols.internal.sound;

/** WAV: chunks, one with the format, one with the samples. */
final class Wav {
  private static final int MAX_CHUNKS = 1_000;

  private Wav() {}

  static double seconds(SoundBytes sound) {
    long bytesPerSecond = 0;
    long at = 12;
    for (int chunk = 0; chunk < MAX_CHUNKS && at + 8 <= sound.length(); chunk++) {
      long length = sound.little(at + 4, 4);
      if (sound.is(at, "fmt ")) {
        bytesPerSecond = sound.little(at + 16, 4);
      } else if (sound.is(at, "data")) {
        long there = sound.length() - at - 8;
        // streamed ones do not know their length
        long samples = length == 0 ? there : Math.min(length, there);
        return bytesPerSecond == 0 ? 0 : samples / (double) bytesPerSecond;
      }
      at += 8 + length + (length & 1);
    }
    return 0;
  }
}
