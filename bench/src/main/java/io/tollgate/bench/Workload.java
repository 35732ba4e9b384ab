package io.tollgate.bench;

import io.tollgate.bench.load.RequestForm;
import java.util.Locale;

/** What is asked of the relay, by how many at once, and by how many different callers. */
public enum Workload {
  P1("P1: JSON, about 1 KB each way, 32 connections, many keys", RequestForm.CHAT, 32, true),
  P1H("P1h: JSON, about 1 KB each way, 32 connections, one key", RequestForm.CHAT, 32, false),
  P2(
      "P2: stream of 20 chunks 5 ms apart, 64 connections, many keys",
      RequestForm.CHAT_STREAM,
      64,
      true),
  P2_400(
      "P2: stream of 20 chunks 5 ms apart, 400 connections, many keys",
      RequestForm.CHAT_STREAM,
      400,
      true),
  P4("P4: JSON, about 1 KB each way, 1 connection", RequestForm.CHAT, 1, false),
  P1T_MESSAGES("Anthropic's caller, OpenAI's provider", RequestForm.MESSAGES_TO_CHAT, 32, true),
  P1T_CHAT("OpenAI's caller, Anthropic's provider", RequestForm.CHAT_TO_MESSAGES, 32, true);

  private final String title;
  private final RequestForm form;
  private final int connections;
  private final boolean manyKeys;

  Workload(String title, RequestForm form, int connections, boolean manyKeys) {
    this.title = title;
    this.form = form;
    this.connections = connections;
    this.manyKeys = manyKeys;
  }

  public String title() {
    return title;
  }

  public RequestForm form() {
    return form;
  }

  public int connections() {
    return connections;
  }

  /** Whether each request has the key of another user, in random order. */
  public boolean manyKeys() {
    return manyKeys;
  }

  /** The part of the benchmark that it belongs to: p1, p1h, p1t, p2, p4. */
  public String part() {
    return file().replaceFirst("-.*", "");
  }

  /** The name of its files: p1, p1h, p2, p2-400, p4. */
  public String file() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
