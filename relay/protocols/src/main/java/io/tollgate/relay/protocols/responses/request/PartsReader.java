package io.tollgate.relay.protocols.responses.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.openai.Base64Check;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells the parts of a message, or of what a tool answered. */
final class PartsReader {
  private static final Set<String> DETAILS = Set.of("low", "high", "auto", "original");

  private PartsReader() {}

  static List<Part> parts(BodyNode.Members item, String name, String place) {
    String where = place + "." + name;
    BodyNode content =
        item.find(name)
            .orElseThrow(() -> Values.fault(where, null, "a string or an array of parts"));
    if (content instanceof BodyNode.Text(JsonString text)) {
      return List.of(new Part.Text(text, CacheMark.NONE));
    }
    if (!(content instanceof BodyNode.Items(List<BodyNode> given))) {
      throw Values.fault(where, content, "a string or an array of parts");
    }
    List<Part> parts = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      String each = where + "[" + i + "]";
      parts.add(part(Values.members(given.get(i), each), each));
    }
    return parts;
  }

  /** The texts of an item's parts, a line between them. */
  static JsonString joined(BodyNode.Members item, String name, String place) {
    List<BodyNode> given = Values.items(item, name, place);
    List<JsonString> texts = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      String where = place + "." + name + "[" + i + "]";
      Values.text(Values.members(given.get(i), where), "text", where)
          .filter(text -> !text.isEmpty())
          .ifPresent(texts::add);
    }
    return Texts.joined(texts);
  }

  private static Part part(BodyNode.Members part, String where) {
    JsonString type = Values.requiredText(part, "type", where);
    return switch (type.length() > 64 ? "" : type.text()) {
      case "input_text", "output_text", "text" ->
          new Part.Text(Values.requiredText(part, "text", where), CacheMark.NONE);
      case "refusal" -> new Part.Refusal(Values.requiredText(part, "refusal", where));
      case "input_image" -> image(part, where);
      case "input_file" -> document(part, where);
      case "input_audio" -> audio(part, where);
      default -> throw Values.onlyHere(where + ".type", new BodyNode.Text(type).shown());
    };
  }

  private static Part.Image image(BodyNode.Members part, String where) {
    requireNoFile(part, where);
    JsonString url = Values.requiredText(part, "image_url", where);
    Optional<String> detail =
        Values.text(part, "detail", where)
            .map(
                text -> {
                  String word = text.length() > 32 ? "" : text.text();
                  if (DETAILS.contains(word)) {
                    return word;
                  }
                  throw Values.fault(
                      where + ".detail", new BodyNode.Text(text), "low, high, auto or original");
                });
    return new Part.Image(media(url, where + ".image_url"), detail, CacheMark.NONE);
  }

  private static Part.Document document(BodyNode.Members part, String where) {
    requireNoFile(part, where);
    Optional<JsonString> title = Values.text(part, "filename", where);
    Optional<JsonString> url = Values.text(part, "file_url", where);
    if (url.isPresent()) {
      return new Part.Document(address(url.get(), where + ".file_url"), title, CacheMark.NONE);
    }
    JsonString data = Values.requiredText(part, "file_data", where);
    Media media =
        isDataUrl(data)
            ? media(data, where + ".file_data")
            : new Media.Inline("application/pdf", requireBase64(data, where + ".file_data"));
    return new Part.Document(media, title, CacheMark.NONE);
  }

  private static Part.Audio audio(BodyNode.Members part, String place) {
    String where = place + ".input_audio";
    BodyNode.Members sound =
        Values.members(part, "input_audio", place)
            .orElseThrow(() -> Values.fault(where, null, "an object with data and format"));
    JsonString format = Values.requiredText(sound, "format", where);
    String type =
        switch (format.length() > 32 ? "" : format.text()) {
          case "wav" -> "audio/wav";
          case "mp3" -> "audio/mpeg";
          default -> throw Values.fault(where + ".format", new BodyNode.Text(format), "wav or mp3");
        };
    JsonString data = Values.requiredText(sound, "data", where);
    return new Part.Audio(new Media.Inline(type, requireBase64(data, where + ".data")));
  }

  private static void requireNoFile(BodyNode.Members part, String where) {
    if (part.find("file_id").isPresent()) {
      throw Values.onlyHere(where + ".file_id", "given");
    }
  }

  private static boolean isDataUrl(JsonString text) {
    return text.length() >= 5
        && new String(text.bytes(), text.from(), 5, StandardCharsets.ISO_8859_1).equals("data:");
  }

  /** A data URL or an address. */
  private static Media media(JsonString url, String where) {
    if (!isDataUrl(url)) {
      return address(url, where);
    }
    int from = Base64Check.dataOf(url.bytes(), url.from(), url.to());
    if (from < 0) {
      throw RequestFault.of(
          where, "a data URL without base64 (expected: data:<media type>;base64,…)");
    }
    JsonString head =
        new JsonString(url.bytes(), url.from() + 5, from - ";base64,".length(), url.escaped());
    String type = head.text().toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String bare = (end < 0 ? type : type.substring(0, end)).strip();
    if (bare.indexOf('/') < 1) {
      throw RequestFault.of(where, "a data URL without a media type (expected: such as image/png)");
    }
    return new Media.Inline(
        bare, requireBase64(new JsonString(url.bytes(), from, url.to(), url.escaped()), where));
  }

  private static JsonString requireBase64(JsonString text, String where) {
    if (!Base64Check.holds(text.bytes(), text.from(), text.to())) {
      throw RequestFault.of(where, "not base64 (expected: base64)");
    }
    return text;
  }

  private static Media address(JsonString url, String where) {
    String beginning =
        new JsonString(url.bytes(), url.from(), url.from() + Math.min(16, url.length()), false)
            .text()
            .replace("\\", "")
            .toLowerCase(Locale.ROOT);
    if (!beginning.startsWith("http://") && !beginning.startsWith("https://")) {
      throw RequestFault.of(where, "not an address (expected: https://… or a data URL)");
    }
    return new Media.Address(url);
  }
}
