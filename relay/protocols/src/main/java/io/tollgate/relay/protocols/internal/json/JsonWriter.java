package io.tollgate.relay.protocols.internal.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * Writes a JSON document piece by piece: sets the commas itself, and trusts its caller to open and
 * close in order. Not thread-safe.
 */
public final class JsonWriter {
  private static final byte[] QUOTE = {'"'};
  private static final byte[] COMMA = {','};
  private static final byte[] COLON = {':'};

  private final ByteSink out;
  private boolean comma;

  /**
   * @param out takes the bytes at its end
   */
  public JsonWriter(ByteSink out) {
    this.out = requireNonNull(out, "out is null");
  }

  public JsonWriter object() {
    return open("{");
  }

  public JsonWriter endObject() {
    return close("}");
  }

  public JsonWriter array() {
    return open("[");
  }

  public JsonWriter endArray() {
    return close("]");
  }

  /**
   * The name of the member that follows.
   *
   * @param ascii without anything that must be escaped
   */
  public JsonWriter name(String ascii) {
    before();
    put(QUOTE);
    put(ascii);
    put(QUOTE);
    put(COLON);
    comma = false;
    return this;
  }

  public JsonWriter value(String text) {
    before();
    put(JsonText.quote(text));
    comma = true;
    return this;
  }

  public JsonWriter value(JsonString text) {
    before();
    put(QUOTE);
    out.add(text.bytes(), text.from(), text.to());
    put(QUOTE);
    comma = true;
    return this;
  }

  public JsonWriter value(long number) {
    return raw(Long.toString(number));
  }

  public JsonWriter value(boolean flag) {
    return raw(flag ? "true" : "false");
  }

  public JsonWriter nothing() {
    return raw("null");
  }

  public JsonWriter value(JsonTree tree) {
    before();
    JsonTree.write(tree, out);
    comma = true;
    return this;
  }

  /** A value that is written already. */
  public JsonWriter raw(String json) {
    before();
    put(json);
    comma = true;
    return this;
  }

  /** The same. */
  public JsonWriter raw(byte[] json) {
    before();
    put(json);
    comma = true;
    return this;
  }

  private JsonWriter open(String bracket) {
    before();
    put(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(String bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void before() {
    if (comma) {
      put(COMMA);
    }
  }

  private void put(byte[] bytes) {
    out.add(bytes, 0, bytes.length);
  }

  private void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }
}
