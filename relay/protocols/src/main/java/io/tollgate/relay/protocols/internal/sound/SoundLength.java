package io.tollgate.relay.protocols.internal.sound;

import io.tollgate.relay.protocols.forms.BodySource;
import java.util.OptionalDouble;

/**
 * Tells how long a sound is by the headers of its container: WAV, MP3, FLAC, Ogg (Opus, Vorbis),
 * MP4 and WebM.
 */
public final class SoundLength {
  /** Longer ones are not believed: a day. */
  private static final double MAX_SECONDS = 86_400;

  private SoundLength() {}

  /**
   * Seconds of it, more than 0; nothing where its container is none of these, or does not say.
   *
   * @param from place of its first byte in the body
   * @param to place after its last byte
   */
  public static OptionalDouble seconds(BodySource body, long from, long to) {
    SoundBytes sound = new SoundBytes(body, from, to);
    double seconds = 0;
    if ((sound.is(0, "RIFF") || sound.is(0, "RF64")) && sound.is(8, "WAVE")) {
      seconds = Wav.seconds(sound);
    } else if (sound.is(0, "fLaC")) {
      seconds = flac(sound);
    } else if (sound.is(0, "OggS")) {
      seconds = Ogg.seconds(sound);
    } else if (sound.is(4, "ftyp")) {
      seconds = Mp4.seconds(sound);
    } else if (sound.big(0, 4) == 0x1A45DFA3L) {
      seconds = WebM.seconds(sound);
    } else {
      seconds = Mp3.seconds(sound);
    }
    return seconds > 0 && seconds <= MAX_SECONDS
        ? OptionalDouble.of(seconds)
        : OptionalDouble.empty();
  }

  /**
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9639">RFC 9639, streaminfo</a>
   */
  private static double flac(SoundBytes sound) {
    long rate = sound.big(18, 3) >> 4;
    long samples = sound.big(21, 5) & 0xF_FFFF_FFFFL;
    return rate == 0 ? 0 : samples / (double) rate;
  }
}
