package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells which tools a request has, and which of them are to be called. */
final class ToolsReader {
  private static final String TOOL_CHOICE = "tool_choice";

  private final byte[] body;
  private final List<Tool> tools = new ArrayList<>();
  private ToolChoice choice = new ToolChoice.Unsaid();

  ToolsReader(byte[] body, BodyNode.Members request) {
    this.body = requireNonNull(body, "body is null");
    List<BodyNode> given = Values.items(request, "tools", "");
    for (int i = 0; i < given.size(); i++) {
      String where = "tools[" + i + "]";
      tools.add(tool(Values.members(given.get(i), where), where));
    }
    request.find(TOOL_CHOICE).ifPresent(this::readChoice);
  }

  List<Tool> tools() {
    return tools;
  }

  ToolChoice choice() {
    return choice;
  }

  private Tool tool(BodyNode.Members tool, String where) {
    requireFunction(tool, where);
    return new Tool(
        Values.requiredText(tool, "name", where),
        Values.text(tool, "description", where),
        Values.members(tool, "parameters", where)
            .map(schema -> ConversationReader.tree(body, schema))
            .orElseGet(ToolsReader::noParameters),
        Values.flag(tool, "strict", where),
        CacheMark.NONE);
  }

  private static void requireFunction(BodyNode.Members tool, String where) {
    JsonString type = Values.requiredText(tool, "type", where);
    if (!is(type, "function")) {
      throw Values.onlyHere(where + ".type", new BodyNode.Text(type).shown());
    }
  }

  private static JsonTree.Members noParameters() {
    JsonTree.Members schema = new JsonTree.Members();
    schema.byName().put("type", JsonTree.text("object"));
    schema.byName().put("properties", new JsonTree.Members());
    return schema;
  }

  private void readChoice(BodyNode given) {
    if (given instanceof BodyNode.Text(JsonString word)) {
      choice = mode(word, TOOL_CHOICE);
      return;
    }
    BodyNode.Members members = Values.members(given, TOOL_CHOICE);
    JsonString type = Values.requiredText(members, "type", TOOL_CHOICE);
    if (is(type, "allowed_tools")) {
      choice = mode(Values.requiredText(members, "mode", TOOL_CHOICE), TOOL_CHOICE + ".mode");
      keepAllowed(Values.items(members, "tools", TOOL_CHOICE));
    } else if (is(type, "function")) {
      choice = new ToolChoice.Named(Values.requiredText(members, "name", TOOL_CHOICE));
    } else {
      throw Values.onlyHere(TOOL_CHOICE + ".type", new BodyNode.Text(type).shown());
    }
  }

  private static ToolChoice mode(JsonString word, String where) {
    return switch (word.length() > 32 ? "" : word.text()) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Any();
      default -> throw Values.fault(where, new BodyNode.Text(word), "auto, none or required");
    };
  }

  /** Tools that are not allowed are not told. */
  private void keepAllowed(List<BodyNode> allowed) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < allowed.size(); i++) {
      String where = TOOL_CHOICE + ".tools[" + i + "]";
      BodyNode.Members each = Values.members(allowed.get(i), where);
      requireFunction(each, where);
      names.add(Values.requiredText(each, "name", where).text());
    }
    tools.removeIf(tool -> !names.contains(tool.name().text()));
  }

  private static boolean is(JsonString given, String word) {
    return given.length() <= 32 && given.text().equals(word);
  }
}
