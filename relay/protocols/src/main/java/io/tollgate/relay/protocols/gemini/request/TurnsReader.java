package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads contents as the turns of a conversation. Used once. */
final class TurnsReader {
  private final OpenCalls calls = new OpenCalls();

  List<Turn> read(RequestField request) {
    RequestField contents =
        request
            .member("contents")
            .orElseThrow(
                () -> RequestFault.of("contents", "missing (expected: an array of contents)"));
    List<Turn> turns = new ArrayList<>();
    for (RequestField content : contents.items()) {
      Turn.Role role = role(content);
      List<Part> parts = new ArrayList<>();
      Thoughts thoughts = new Thoughts();
      content
          .member("parts")
          .ifPresent(
              given -> {
                for (RequestField part : given.items()) {
                  add(parts, part, role, thoughts);
                }
              });
      thoughts.end(parts);
      turns.add(new Turn(role, parts));
    }
    return turns;
  }

  private static Turn.Role role(RequestField content) {
    Optional<RequestField> given = content.member("role");
    String role = given.map(field -> field.string().text()).orElse("");
    return switch (role) {
      case "", "user", "function" -> Turn.Role.USER;
      case "model" -> Turn.Role.ASSISTANT;
      default -> throw given.orElseThrow().wrong("\"user\" or \"model\"");
    };
  }

  static Part text(RequestField text) {
    return new Part.Text(text.string(), CacheMark.NONE);
  }

  private void add(List<Part> parts, RequestField part, Turn.Role role, Thoughts thoughts) {
    Optional<SignatureText.Found> signature =
        part.member("thoughtSignature").flatMap(field -> SignatureText.read(field.string()));
    Optional<RequestField> text = part.member("text");
    Optional<RequestField> call = part.member("functionCall");
    Optional<RequestField> response = part.member("functionResponse");
    Optional<RequestField> inline = part.member("inlineData");
    Optional<RequestField> file = part.member("fileData");
    boolean thought =
        role == Turn.Role.ASSISTANT && part.member("thought").map(RequestField::flag).orElse(false);
    if (text.isPresent() && thought) {
      thoughts.add(text.get().string(), signature, parts);
      return;
    }
    thoughts.end(parts);
    if (text.isPresent()) {
      if (!text.get().string().isEmpty()) {
        parts.add(text(text.get()));
      }
    } else if (call.isPresent()) {
      requireRole(call.get(), role, Turn.Role.ASSISTANT, "in a content of the model");
      parts.add(
          call(
              call.get(),
              signature.filter(found -> !found.redacted()).map(found -> found.signature())));
    } else if (response.isPresent()) {
      requireRole(response.get(), role, Turn.Role.USER, "in a content of the user");
      parts.add(ToolResponses.read(response.get(), calls));
    } else if (inline.isPresent()) {
      parts.add(inline(inline.get()));
    } else if (file.isPresent()) {
      parts.add(file(file.get()));
    } else {
      throw RequestFault.of(
          part.path(),
          "no part that another provider's model can be told (expected: text, inlineData, fileData,"
              + " functionCall or functionResponse)");
    }
  }

  private static void requireRole(
      RequestField field, Turn.Role given, Turn.Role expected, String where) {
    if (given != expected) {
      throw RequestFault.of(field.path(), "in the wrong content (expected: " + where + ")");
    }
  }

  private Part call(RequestField call, Optional<Signature> signature) {
    JsonString name =
        call.member("name")
            .map(RequestField::string)
            .filter(given -> !given.isEmpty())
            .orElseThrow(
                () ->
                    RequestFault.of(
                        call.path() + ".name", "missing (expected: a function's name)"));
    Optional<RequestField> args = call.member("args");
    JsonString arguments =
        args.map(field -> inString(field.members())).orElseGet(() -> JsonString.of("{}"));
    Optional<JsonString> id =
        call.member("id").map(RequestField::string).filter(given -> !given.isEmpty());
    return new Part.ToolCall(calls.called(id, name), name, arguments, signature, CacheMark.NONE);
  }

  /** A value's JSON, as the inside of a JSON string. */
  static JsonString inString(JsonTree value) {
    ByteSink json = new ByteSink();
    JsonTree.write(value, json);
    return EmbeddedJson.quoted(json.array(), 0, json.length());
  }

  static Part inline(RequestField inline) {
    String type = type(inline);
    RequestField data =
        inline
            .member("data")
            .orElseThrow(
                () -> RequestFault.of(inline.path() + ".data", "missing (expected: base64)"));
    Base64Words.require(data.string(), data.path());
    return part(inline, type, new Media.Inline(type, Base64Words.standard(data.string())));
  }

  private static Part file(RequestField file) {
    RequestField address =
        file.member("fileUri")
            .orElseThrow(
                () -> RequestFault.of(file.path() + ".fileUri", "missing (expected: an address)"));
    String uri = address.string().text();
    boolean web = uri.startsWith("https://") || uri.startsWith("http://");
    if (!web || MediaAddresses.isGoogles(uri)) {
      throw RequestFault.of(
          address.path(),
          "an address that only Gemini reads (expected: http or https, or inlineData, as another"
              + " provider's model answers)");
    }
    return part(file, type(file), new Media.Address(address.string()));
  }

  private static String type(RequestField media) {
    return media
        .member("mimeType")
        .map(field -> field.string().text().strip().toLowerCase(Locale.ROOT))
        .filter(type -> !type.isEmpty())
        .orElseThrow(
            () ->
                RequestFault.of(
                    media.path() + ".mimeType", "missing (expected: a type such as image/png)"));
  }

  private static Part part(RequestField field, String type, Media media) {
    if (type.startsWith("image/")) {
      return new Part.Image(media, Optional.empty(), CacheMark.NONE);
    }
    if (type.startsWith("audio/")) {
      return new Part.Audio(media);
    }
    if (type.startsWith("video/")) {
      throw RequestFault.of(
          field.path() + ".mimeType",
          "a video (expected: a picture, a sound or a document, as another provider's model"
              + " answers)");
    }
    return new Part.Document(
        media, field.member("displayName").map(RequestField::string), CacheMark.NONE);
  }
}
