package io.tollgate.relay.rules;

/** Takes requests and answers that are to be kept. Safe for use by many threads; blocks nobody. */
public interface PromptLog {
  /** For a gateway where nothing is kept. */
  PromptLog NOTHING =
      new PromptLog() {
        @Override
        public int maxBytes() {
          return 0;
        }

        @Override
        public void keep(KeptPrompt prompt) {}
      };

  /** Most bytes of a body that are kept. */
  int maxBytes();

  /** Written soon; where too much waits to be written it is dropped, and counted. */
  void keep(KeptPrompt prompt);
}
