package io.tollgate.sandbox.internal.realtime;

/**
 * How events are called; some had other names while the protocol was in its beta.
 *
 * @param beta whether the beta's names were asked for
 */
record EventNames(boolean beta) {
  String itemAdded() {
    return beta ? "conversation.item.created" : "conversation.item.added";
  }

  String text(String end) {
    return (beta ? "response.text." : "response.output_text.") + end;
  }

  String audio(String end) {
    return (beta ? "response.audio." : "response.output_audio.") + end;
  }

  String transcript(String end) {
    return (beta ? "response.audio_transcript." : "response.output_audio_transcript.") + end;
  }

  String modalities() {
    return beta ? "modalities" : "output_modalities";
  }

  String textPart() {
    return beta ? "text" : "output_text";
  }

  String audioPart() {
    return beta ? "audio" : "output_audio";
  }
}
