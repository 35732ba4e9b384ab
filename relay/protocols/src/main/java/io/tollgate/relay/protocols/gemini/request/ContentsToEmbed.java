package io.tollgate.relay.protocols.gemini.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.embeddings.TextsToEmbed;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Contents for which vectors are wanted, as Google's callers write them. Not to be changed. */
public final class ContentsToEmbed {
  private static final JsonName TEXT = JsonName.of("text");
  private static final String MODELS = "models/";
  private static final int MAX_DIMENSIONS = 100_000;

  /** What tells a provider what vectors are for; others make them all alike. */
  private static final List<String> HINTS = List.of("taskType", "task_type", "title");

  private final byte[] body;
  private final JsonTree.Members tree;
  private final List<JsonTree.Members> requests;
  private final boolean many;
  private final InputText input;

  private ContentsToEmbed(
      byte[] body, JsonTree.Members tree, List<JsonTree.Members> requests, boolean many) {
    this.body = requireNonNull(body, "body is null");
    this.tree = tree;
    this.requests = requests;
    this.many = many;
    input = counted(body);
  }

  /**
   * Reads a body.
   *
   * @param model as the path names it; the body may name no other
   * @param many whether it has a list of requests
   * @throws RequestFault saying what was given and what was expected
   */
  public static ContentsToEmbed parse(String model, boolean many, byte[] body) {
    JsonTree.Members tree = read(body);
    List<JsonTree.Members> requests = many ? requests(tree) : List.of(tree);
    for (int i = 0; i < requests.size(); i++) {
      String place = many ? "requests[" + i + "]." : "";
      check(requests.get(i), model, place);
    }
    return new ContentsToEmbed(body, tree, requests, many);
  }

  private static JsonTree.Members read(byte[] body) {
    try {
      if (JsonTree.readUnambiguous(body) instanceof JsonTree.Members members) {
        return members;
      }
    } catch (JsonFault fault) {
      throw RequestFault.malformed(
          "body: not JSON at byte " + fault.offset() + ": " + fault.what());
    }
    throw RequestFault.malformed("body: not an object (expected: a JSON object)");
  }

  private static List<JsonTree.Members> requests(JsonTree.Members tree) {
    List<JsonTree.Members> requests = new ArrayList<>();
    if (tree.items("requests") instanceof JsonTree.Items items) {
      for (JsonTree item : items.values()) {
        if (!(item instanceof JsonTree.Members request)) {
          throw RequestFault.of("requests", "not an object (expected: an array of requests)");
        }
        requests.add(request);
      }
    }
    if (requests.isEmpty()) {
      throw RequestFault.of("requests", "none (expected: an array of at least one request)");
    }
    return requests;
  }

  private static void check(JsonTree.Members request, String model, String place) {
    if (request.members("content") == null) {
      throw RequestFault.of(place + "content", "missing (expected: an object with parts)");
    }
    if (request.byName().get("model") instanceof JsonTree.Text named) {
      String given = named.string().text();
      if (!given.equals(model) && !given.equals(MODELS + model)) {
        String shown = given.length() > 64 ? given.substring(0, 64) + "…" : given;
        throw RequestFault.of(
            place + "model", shown + " (expected: the path's, " + MODELS + model + ")");
      }
    }
  }

  /** All texts, wherever they stand. */
  private static InputText counted(byte[] body) {
    InputText.Collector input = new InputText.Collector(body);
    JsonScanner scanner = new JsonScanner(body, 0, body.length);
    boolean text = false;
    for (JsonToken next = scanner.next(); next != JsonToken.END; next = scanner.next()) {
      if (next == JsonToken.NAME) {
        text = scanner.is(TEXT);
      } else {
        if (text && next == JsonToken.STRING) {
          input.text(scanner.start(), scanner.end(), scanner.escaped());
        }
        text = false;
      }
    }
    return input.collected();
  }

  public byte[] body() {
    return body;
  }

  public InputText input() {
    return input;
  }

  /** Whether something else than text is to be embedded. */
  public boolean elsewhere() {
    return requests.stream().anyMatch(request -> !onlyText(request));
  }

  private static boolean onlyText(JsonTree.Members request) {
    JsonTree.Members content = request.members("content");
    return content == null
        || !(content.items("parts") instanceof JsonTree.Items parts)
        || parts.values().stream()
            .allMatch(
                part -> part instanceof JsonTree.Members members && members.text("text") != null);
  }

  /** The body with another name of the model. */
  public byte[] bodyFor(String upstreamModel) {
    String name = upstreamModel.indexOf('/') < 0 ? MODELS + upstreamModel : upstreamModel;
    ByteSink out = new ByteSink();
    List<JsonTree> renamed = new ArrayList<>();
    for (JsonTree.Members request : requests) {
      JsonTree.Members copy = new JsonTree.Members();
      copy.byName().putAll(request.byName());
      copy.byName().put("model", JsonTree.text(name));
      renamed.add(copy);
    }
    if (many) {
      JsonTree.Members copy = new JsonTree.Members();
      copy.byName().putAll(tree.byName());
      copy.byName().put("requests", new JsonTree.Items(renamed));
      JsonTree.write(copy, out);
    } else {
      JsonTree.write(renamed.getFirst(), out);
    }
    return out.take();
  }

  /**
   * What is asked for, in words that all protocols share.
   *
   * @throws RequestFault where only Google's models can be asked for it
   */
  public TextsToEmbed texts() {
    List<JsonString> texts = new ArrayList<>();
    Set<String> hints = new TreeSet<>();
    OptionalInt dimensions = OptionalInt.empty();
    for (int i = 0; i < requests.size(); i++) {
      JsonTree.Members request = requests.get(i);
      String place = many ? "requests[" + i + "]." : "";
      texts.add(text(request, place));
      OptionalInt own = dimensions(request, place);
      if (i > 0 && !own.equals(dimensions)) {
        throw RequestFault.of(
            place + "outputDimensionality",
            "another than before (expected: one for all, as the model that answers is another"
                + " provider's)");
      }
      dimensions = own;
      HINTS.stream().filter(request.byName()::containsKey).forEach(hints::add);
    }
    return new TextsToEmbed(texts, dimensions, List.copyOf(hints));
  }

  private static JsonString text(JsonTree.Members request, String place) {
    JsonTree.Text all = new JsonTree.Text();
    JsonTree.Members content = request.members("content");
    if (content != null && content.items("parts") instanceof JsonTree.Items parts) {
      for (JsonTree part : parts.values()) {
        JsonTree.Text text = part instanceof JsonTree.Members members ? members.text("text") : null;
        if (text == null) {
          throw RequestFault.of(
              place + "content.parts",
              "something else than text (expected: texts, as the model that answers is another"
                  + " provider's)");
        }
        all.append(text);
      }
    }
    if (all.isEmpty()) {
      throw RequestFault.of(place + "content.parts", "no text (expected: at least one)");
    }
    return all.string();
  }

  private static OptionalInt dimensions(JsonTree.Members request, String place) {
    for (String name : List.of("outputDimensionality", "output_dimensionality")) {
      JsonTree given = request.byName().get(name);
      if (given == null || (given instanceof JsonTree.Literal literal && literal.isNull())) {
        continue;
      }
      int dimensions = request.index(name, MAX_DIMENSIONS);
      if (dimensions == 0) {
        throw RequestFault.of(place + name, "not one (expected: a whole number >= 1)");
      }
      return OptionalInt.of(dimensions);
    }
    return OptionalInt.empty();
  }
}
