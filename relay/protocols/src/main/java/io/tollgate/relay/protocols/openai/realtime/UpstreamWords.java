package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes out of a provider's errors what tells of its account. */
final class UpstreamWords {
  private static final String[] SAID = {"message", "type", "code", "param", "reason"};

  private final AccountTraces traces;

  UpstreamWords(AccountTraces traces) {
    this.traces = traces;
  }

  /** A text of an object; empty where there is none. */
  String text(JsonTree.@Nullable Members holder, String name) {
    JsonTree.Text found = holder == null ? null : holder.text(name);
    return found == null ? "" : found.string().text();
  }

  /** An error written anew, with nothing but what errors have. */
  byte[] cleanedError(JsonTree.Members event) {
    JsonTree.Members given = event.members("error");
    JsonTree.Members error = new JsonTree.Members();
    JsonTree.Members from = given == null ? event : given;
    for (String name : SAID) {
      JsonTree said = from.byName().get(name);
      if (said instanceof JsonTree.Text words) {
        error.byName().put(name, JsonTree.text(traces.removed(words.string().text())));
      } else if (said instanceof JsonTree.Literal literal) {
        error.byName().put(name, literal);
      }
    }
    // the caller's own name of what it is about
    JsonTree about = from.byName().get("event_id");
    if (given != null && about != null) {
      error.byName().put("event_id", about);
    }
    JsonTree.Members written = new JsonTree.Members();
    written.byName().put("type", JsonTree.text("error"));
    if (event.byName().get("event_id") instanceof JsonTree.Text id) {
      written.byName().put("event_id", id);
    }
    written.byName().put("error", error);
    return bytes(written);
  }

  /** The end of a response without what its error tells of the account; nothing where it is so. */
  Optional<byte[]> cleanedDone(JsonTree.Members event) {
    JsonTree.Members response = event.members("response");
    JsonTree.Members details = response == null ? null : response.members("status_details");
    JsonTree.Members error = details == null ? null : details.members("error");
    if (error == null) {
      return Optional.empty();
    }
    boolean told = false;
    for (String name : SAID) {
      if (error.byName().get(name) instanceof JsonTree.Text words) {
        String said = words.string().text();
        String cleaned = traces.removed(said);
        told |= !cleaned.equals(said);
        error.byName().put(name, JsonTree.text(cleaned));
      }
    }
    return told ? Optional.of(bytes(event)) : Optional.empty();
  }

  static byte[] bytes(JsonTree tree) {
    ByteSink sink = new ByteSink();
    JsonTree.write(tree, sink);
    return sink.take();
  }
}
