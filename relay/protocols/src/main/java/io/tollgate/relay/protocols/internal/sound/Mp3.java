package io.tollgate.relay.protocols.internal.sound;

/**
 * MPEG audio: frames one after another, each with a head of its own, after tags. Counts the frames,
 * as bit rates may vary.
 */
final class Mp3 {
  private static final int MAX_LOST_BYTES = 64 * 1024;
  private static final int[] NO_RATES = {};
  private static final int[] V1_LAYER1 = {
    0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448
  };
  private static final int[] V1_LAYER2 = {
    0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384
  };
  private static final int[] V1_LAYER3 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] V2_LAYER1 = {
    0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256
  };
  private static final int[] V2_LAYERS = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] RATES = {44_100, 48_000, 32_000};

  private Mp3() {}

  static double seconds(SoundBytes sound) {
    long at = 0;
    if (sound.is(0, "ID3")) {
      long tag = 0;
      for (int i = 6; i < 10; i++) {
        tag = tag << 7 | sound.at(i) & 0x7F;
      }
      at = 10 + tag;
    }
    double seconds = 0;
    int lost = 0;
    while (at + 4 <= sound.length()) {
      int head = (int) sound.big(at, 4);
      int bytes = frameBytes(head);
      if (bytes > 0) {
        seconds += samples(head) / (double) rate(head);
        at += bytes;
      } else if (++lost > MAX_LOST_BYTES) {
        break;
      } else {
        at++;
      }
    }
    return seconds;
  }

  /** Bytes of the frame with this head; 0 where it is none. */
  private static int frameBytes(int head) {
    int version = head >>> 19 & 3;
    int layer = head >>> 17 & 3;
    int rateIndex = head >>> 10 & 3;
    int bitRateIndex = head >>> 12 & 15;
    int[] bitRates = bitRates(version, layer);
    if (head >>> 21 != 0x7FF
        || version == 1
        || rateIndex == 3
        || bitRateIndex == 0
        || bitRateIndex >= bitRates.length) {
      return 0;
    }
    int padding = head >>> 9 & 1;
    long bits = bitRates[bitRateIndex] * 1000L;
    return layer == 3
        ? (int) (12 * bits / rate(head) + padding) * 4
        : (int) (samples(head) / 8 * bits / rate(head)) + padding;
  }

  private static int[] bitRates(int version, int layer) {
    return switch (layer) {
      case 1 -> version == 3 ? V1_LAYER3 : V2_LAYERS;
      case 2 -> version == 3 ? V1_LAYER2 : V2_LAYERS;
      case 3 -> version == 3 ? V1_LAYER1 : V2_LAYER1;
      default -> NO_RATES;
    };
  }

  private static int rate(int head) {
    int version = head >>> 19 & 3;
    return RATES[head >>> 10 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  }

  private static int samples(int head) {
    boolean first = (head >>> 19 & 3) == 3;
    return switch (head >>> 17 & 3) {
      case 1 -> first ? 1152 : 576;
      case 2 -> 1152;
      default -> 384;
    };
  }
}
