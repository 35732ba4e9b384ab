package io.tollgate.relay.protocols.gemini.request;

/**
 * What counts for what is no text, by rule of thumb:
 *
 * <ul>
 *   <li>a picture {@value #IMAGE} tokens, what today's models take of it unless asked for less;
 *   <li>sound one token for {@value #SOUND_CHARACTERS_A_TOKEN} characters of base64 (32 tokens a
 *       second of MP3 at 32 kbit/s);
 *   <li>a video as a picture, or one token for {@value #VIDEO_CHARACTERS_A_TOKEN} (some 300 a
 *       second of one Mbit);
 *   <li>a document one for {@value #DOCUMENT_CHARACTERS_A_TOKEN}.
 * </ul>
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/tokens">Understand and count tokens</a>
 */
final class MediaTokens {
  static final int IMAGE = 1120;
  static final int SOUND_CHARACTERS_A_TOKEN = 160;
  static final int VIDEO_CHARACTERS_A_TOKEN = 500;
  static final int DOCUMENT_CHARACTERS_A_TOKEN = 30;

  private MediaTokens() {}

  static long of(String type, long characters) {
    if (type.startsWith("image/")) {
      return IMAGE;
    }
    if (type.startsWith("video/")) {
      return Math.max(IMAGE, characters / VIDEO_CHARACTERS_A_TOKEN);
    }
    return 1
        + characters
            / (type.startsWith("audio/") ? SOUND_CHARACTERS_A_TOKEN : DOCUMENT_CHARACTERS_A_TOKEN);
  }
}
