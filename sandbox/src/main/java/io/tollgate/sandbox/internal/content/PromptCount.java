package io.tollgate.sandbox.internal.content;

/**
 * Counts a prompt the way OpenAI's cookbook does ("How to count tokens with tiktoken"), whatever
 * the protocol: 3 tokens for the answer's head, and for each message 3, its role and its text. On
 * top, by our own rule: tool definitions and earlier tool calls count as their JSON text, a part
 * that is not text (image, audio, file) as 85.
 */
public final class PromptCount {
  private static final int ANSWER_HEAD = 3;
  private static final int MESSAGE = 3;
  private static final int ROLE = 1;
  private static final int OTHER_PART = 85;

  private final TokenCounter counter;
  private int tokens = ANSWER_HEAD;
  private int audio;
  private int images;
  private long seed;
  private String lastText = "";

  public PromptCount(TokenCounter counter, String model) {
    this.counter = counter;
    this.seed = Seeds.with(0, model);
  }

  /** A further message begins. */
  public void message() {
    tokens += MESSAGE + ROLE;
    lastText = "";
  }

  /** Text of the message. */
  public void said(String text) {
    read(text);
    lastText = lastText.isEmpty() ? text : lastText + "\n" + text;
  }

  /** Text that no user says: tool definitions, earlier calls, results, thoughts. */
  public void read(String text) {
    tokens += counter.count(text);
    seed = Seeds.with(seed, text);
  }

  /** A name of a message's author. */
  public void name(String name) {
    tokens += 1 + counter.count(name);
  }

  /** A document or another part that is no text. */
  public void other(String json) {
    tokens += OTHER_PART;
    seed = Seeds.with(seed, json);
  }

  /** A picture. */
  public void image(String json) {
    other(json);
    images += OTHER_PART;
  }

  /** Sound. */
  public void audio(String json) {
    other(json);
    audio += OTHER_PART;
  }

  /** What an earlier answer that this request goes on from had read and said. */
  public void earlier(int tokensBefore, long seedBefore) {
    tokens += tokensBefore;
    seed = Seeds.mix(seed ^ seedBefore);
  }

  /** The message was not a user's, so that its words call no tool. */
  public void notByUser() {
    lastText = "";
  }

  /** Tokens so far, without the answer's head. */
  public int tokens() {
    return tokens - ANSWER_HEAD;
  }

  /** Stands for all that was read so far. */
  public long seed() {
    return seed;
  }

  /** What was read so far. */
  public Prompt prompt() {
    return new Prompt(tokens, audio, images, seed, lastText);
  }
}
