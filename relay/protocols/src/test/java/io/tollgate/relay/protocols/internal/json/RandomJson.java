package io.tollgate.relay.protocols.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Makes JSON of every kind, and spoils it. */
final class RandomJson {
  private static final String[] STRINGS = {
    "a",
    "model",
    "Grüße, 世界 🌍",
    "a \\\"quoted\\\" word",
    "\\u0041\\u00e9\\ud83d\\ude00",
    "\\\\ \\/ \\b\\f\\n\\r\\t",
    "exactly8",
    "more than eight plain characters in a row",
    "\u007f\u0080\u07ff\u0800\uffff",
    ""
  };
  private static final String[] NUMBERS = {
    "0", "-0", "1", "-12", "3.25", "1e3", "1E-3", "-1.5e+10", "123456789012345678901234567890"
  };
  private static final String SPOILERS = "{}[],:\"\\ \n\t0123456789-+.eEtruefalsn\u0001\u0000é";

  private final RandomGenerator random;

  RandomJson(RandomGenerator random) {
    this.random = random;
  }

  String value(int levels) {
    return space() + bare(levels) + space();
  }

  /** The bytes with one to three of them put in, taken out or replaced. */
  byte[] spoiled(byte[] json) {
    byte[] spoiled = json.clone();
    int times = random.nextInt(1, 4);
    for (int i = 0; i < times; i++) {
      spoiled = spoiledOnce(spoiled);
    }
    return spoiled;
  }

  private byte[] spoiledOnce(byte[] json) {
    int at = random.nextInt(json.length + 1);
    int out = random.nextInt(2);
    byte[] in =
        random.nextInt(3) == 0
            ? new byte[] {(byte) random.nextInt(256)}
            : String.valueOf(SPOILERS.charAt(random.nextInt(SPOILERS.length())))
                .getBytes(StandardCharsets.UTF_8);
    int rest = Math.min(json.length, at + out);
    byte[] spoiled = new byte[at + in.length + json.length - rest];
    System.arraycopy(json, 0, spoiled, 0, at);
    System.arraycopy(in, 0, spoiled, at, in.length);
    System.arraycopy(json, rest, spoiled, at + in.length, json.length - rest);
    return spoiled;
  }

  private String bare(int levels) {
    return switch (random.nextInt(levels > 0 ? 7 : 5)) {
      case 0 -> string();
      case 1 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 2 -> "true";
      case 3 -> "false";
      case 4 -> "null";
      case 5 -> array(levels - 1);
      default -> object(levels - 1);
    };
  }

  private String array(int levels) {
    StringBuilder array = new StringBuilder("[");
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      array.append(i == 0 ? "" : ",").append(value(levels));
    }
    return array.append(size == 0 ? space() : "").append(']').toString();
  }

  private String object(int levels) {
    StringBuilder object = new StringBuilder("{");
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      object
          .append(i == 0 ? "" : ",")
          .append(space())
          .append(string())
          .append(space())
          .append(':')
          .append(value(levels));
    }
    return object.append(size == 0 ? space() : "").append('}').toString();
  }

  private String string() {
    return '"' + STRINGS[random.nextInt(STRINGS.length)] + '"';
  }

  private String space() {
    return switch (random.nextInt(6)) {
      case 0 -> " ";
      case 1 -> "\r\n\t ";
      default -> "";
    };
  }
}
