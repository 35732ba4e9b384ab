package io.tollgate.relay.protocols.forms;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A form that was read: its fields, and the places of its files.
 *
 * @param parts in the order in which they came
 */
public record Form(String boundary, List<FormPart> parts) {
  public Form {
    requireNonNull(boundary, "boundary is null");
    parts = List.copyOf(parts);
  }

  /** The content type that it is sent on with. */
  public String contentType() {
    return "multipart/form-data; boundary=\"" + boundary + "\"";
  }

  /**
   * The field of that name, which is no file.
   *
   * @throws RequestFault where it is there twice, or a file
   */
  public Optional<FormPart> field(String name) {
    Optional<FormPart> found = only(name);
    if (found.isPresent() && found.get().file()) {
      throw RequestFault.of(name, "a file (expected: a text)");
    }
    return found;
  }

  /**
   * The text of a field.
   *
   * @throws RequestFault where it is there twice, a file, or no UTF-8
   */
  public Optional<String> text(String name) {
    return field(name).map(Form::decoded);
  }

  /**
   * The one file of that name.
   *
   * @throws RequestFault where there is none, or several, or it is empty or a text
   */
  public FormPart file(String name) {
    FormPart found =
        only(name).orElseThrow(() -> RequestFault.of(name, "missing (expected: a file)"));
    requireFile(found);
    return found;
  }

  /** All files of one of these names. */
  public List<FormPart> files(List<String> names) {
    List<FormPart> found = parts.stream().filter(part -> names.contains(part.name())).toList();
    found.forEach(Form::requireFile);
    return found;
  }

  /** A word of a field; empty where there is none. */
  public String word(String name, int maxLength) {
    String word = text(name).orElse("");
    if (word.length() > maxLength) {
      throw RequestFault.of(
          name, word.length() + " characters (expected: at most " + maxLength + ")");
    }
    return word;
  }

  /** A flag, which is false where it is not given. */
  public boolean flag(String name) {
    String word = word(name, 5);
    return switch (word) {
      case "true", "True", "1" -> true;
      case "", "false", "False", "0" -> false;
      default -> throw RequestFault.of(name, word + " (expected: true or false)");
    };
  }

  /** A whole number within bounds, or what it is where it is not given. */
  public int whole(String name, int min, int max, int otherwise) {
    String word = word(name, 20);
    if (word.isEmpty()) {
      return otherwise;
    }
    boolean digits = word.length() <= 9 && word.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = digits ? Integer.parseInt(word) : -1;
    if (!digits || number < min || number > max) {
      throw RequestFault.of(name, word + " (expected: a whole number, " + min + " to " + max + ")");
    }
    return number;
  }

  private Optional<FormPart> only(String name) {
    List<FormPart> found = parts.stream().filter(part -> part.name().equals(name)).toList();
    if (found.size() > 1) {
      throw RequestFault.of(name, "given " + found.size() + " times (expected: once)");
    }
    return found.stream().findFirst();
  }

  private static void requireFile(FormPart part) {
    if (!part.file()) {
      throw RequestFault.of(part.name(), "a text (expected: a file, with a file's name)");
    }
    if (part.length() == 0) {
      throw RequestFault.of(part.name(), "empty (expected: a file of at least one byte)");
    }
  }

  private static String decoded(FormPart part) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(part.value())).toString();
    } catch (CharacterCodingException e) {
      throw RequestFault.of(part.name(), "no text in UTF-8 (expected: UTF-8)");
    }
  }
}
