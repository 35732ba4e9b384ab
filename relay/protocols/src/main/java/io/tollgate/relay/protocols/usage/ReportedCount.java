package io.tollgate.relay.protocols.usage;

/** A number that an upstream's usage report may hold, whatever its protocol calls it. */
public enum ReportedCount {
  /** All input tokens, or those that were not cached: {@link ReportReading} finds out which. */
  INPUT("input tokens"),
  OUTPUT("output tokens"),
  TOTAL("total tokens"),
  CACHED("cached tokens"),
  /** Written to a cache, for whatever time: its usual one where nothing else is said. */
  WRITTEN("cache write tokens"),
  WRITTEN_5M("cache write tokens of 5 minutes"),
  WRITTEN_1H("cache write tokens of an hour"),
  AUDIO_INPUT("audio input tokens"),
  IMAGE_INPUT("image input tokens"),
  AUDIO_CACHED("cached audio tokens"),
  IMAGE_CACHED("cached image tokens"),
  REASONING("reasoning tokens"),
  AUDIO_OUTPUT("audio output tokens"),
  IMAGE_OUTPUT("image output tokens");

  private final String shown;

  ReportedCount(String shown) {
    this.shown = shown;
  }

  /** As a sentence names it. */
  String shown() {
    return shown;
  }
}
