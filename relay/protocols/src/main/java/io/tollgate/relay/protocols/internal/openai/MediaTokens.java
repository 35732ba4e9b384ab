package io.tollgate.relay.protocols.internal.openai;

/**
 * What counts for a picture, a sound or a file where its tokens are not reported, by rule of thumb;
 * its base64 is no text.
 */
public final class MediaTokens {
  /**
   * A picture: 85 and 170 for each of 6 tiles, what a large one comes to.
   *
   * @see <a
   *     href="https://platform.openai.com/docs/guides/images-vision#calculating-costs">tiles</a>
   */
  public static final int IMAGE = 1105;

  /** A picture that is looked at with little detail. */
  public static final int LOW_IMAGE = 85;

  private static final int SOUND_CHARACTERS = 500;
  private static final int FILE_CHARACTERS = 30;
  private static final int SEALED_CHARACTERS = 6;

  private MediaTokens() {}

  /** A sound of so much base64: 10 tokens a second of MP3 at 32 kbit/s. */
  public static long sound(long characters) {
    return 1 + characters / SOUND_CHARACTERS;
  }

  /** A file of so much base64. */
  public static long file(long characters) {
    return 1 + characters / FILE_CHARACTERS;
  }

  /** Thoughts that come back sealed: four bytes a token, in base64. */
  public static long sealed(long characters) {
    return characters / SEALED_CHARACTERS;
  }
}
