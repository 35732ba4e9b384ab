package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonTree.Items;
import io.tollgate.relay.protocols.internal.json.JsonTree.Literal;
import io.tollgate.relay.protocols.internal.json.JsonTree.Members;
import io.tollgate.relay.protocols.internal.json.JsonTree.Text;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins the chunks of a stream to the one document that a caller asked for: texts and arguments one
 * after the other, tool calls by their index, the last of everything else. Used once.
 */
final class ChunkJoin {
  private static final Set<String> NAMED_ONCE = Set.of("id", "type", "role", "name", "format");

  private final Members document = new Members();
  private final Map<Integer, Members> choices = new TreeMap<>();

  /** Adds a chunk. */
  void add(Members chunk) {
    chunk
        .byName()
        .forEach(
            (name, value) -> {
              if (name.equals("choices")) {
                addChoices(value);
              } else if (!isNull(value) || !document.byName().containsKey(name)) {
                document.byName().put(name, value);
              }
            });
  }

  /** The document; nothing is added after it. */
  byte[] joined() {
    Items all = new Items();
    choices.forEach((index, choice) -> all.values().add(finished(index, choice)));
    document.byName().put("object", JsonTree.text("chat.completion"));
    document.byName().put("choices", all);
    ByteSink out = new ByteSink();
    JsonTree.write(document, out);
    return out.take();
  }

  private void addChoices(JsonTree value) {
    if (!(value instanceof Items items)) {
      return;
    }
    for (JsonTree item : items.values()) {
      if (item instanceof Members choice) {
        int index = choice.index("index", ChatRequest.MAX_CHOICES - 1);
        merge(choices.computeIfAbsent(index, fresh -> new Members()), choice);
      }
    }
  }

  private static Members finished(int index, Members choice) {
    Members done = new Members();
    Members message = new Members();
    message.byName().put("role", JsonTree.text("assistant"));
    message.byName().put("content", Literal.NULL);
    for (String part : new String[] {"message", "delta"}) {
      Members given = choice.members(part);
      if (given != null) {
        merge(message, given);
      }
    }
    withoutIndexes(message);
    done.byName().put("index", new Literal(String.valueOf(index)));
    done.byName().put("message", message);
    choice
        .byName()
        .forEach(
            (name, value) -> {
              if (!name.equals("delta") && !name.equals("message")) {
                done.byName().putIfAbsent(name, value);
              }
            });
    return done;
  }

  private static void withoutIndexes(Members message) {
    Items calls = message.items("tool_calls");
    if (calls != null) {
      for (JsonTree call : calls.values()) {
        if (call instanceof Members members) {
          members.byName().remove("index");
        }
      }
    }
  }

  private static void merge(Members into, Members more) {
    more.byName()
        .forEach(
            (name, value) -> {
              JsonTree before = into.byName().get(name);
              if (before == null || isNull(before)) {
                into.byName().put(name, value);
              } else if (!isNull(value)) {
                into.byName().put(name, merged(name, before, value));
              }
            });
  }

  private static JsonTree merged(String name, JsonTree before, JsonTree more) {
    if (before instanceof Text text && more instanceof Text added) {
      boolean once = NAMED_ONCE.contains(name) || name.equals("finish_reason");
      if (once && !text.isEmpty()) {
        return name.equals("name") && !text.same(added) ? joined(text, added) : text;
      }
      return joined(text, added);
    }
    if (before instanceof Members members && more instanceof Members added) {
      merge(members, added);
      return members;
    }
    if (before instanceof Items items && more instanceof Items added) {
      added.values().forEach(item -> addItem(items, item));
      return items;
    }
    return more;
  }

  private static Text joined(Text text, Text added) {
    text.append(added);
    return text;
  }

  /** An item with an index belongs to the one that has the same. */
  private static void addItem(Items items, JsonTree item) {
    if (item instanceof Members members && members.byName().get("index") instanceof Literal index) {
      for (JsonTree known : items.values()) {
        if (known instanceof Members other && index.equals(other.byName().get("index"))) {
          merge(other, members);
          return;
        }
      }
    }
    items.values().add(item);
  }

  private static boolean isNull(JsonTree value) {
    return value instanceof Literal literal && literal.isNull();
  }
}
