package io.tollgate.sandbox.internal.forms;

import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.json.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form of several parts (RFC 7578), read strictly. */
public final class Form {
  private static final int MAX_PARTS = 64;
  private static final int MAX_HEAD = 8192;
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)multipart/form-data\\s*;.*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*");
  private static final Pattern NAME = Pattern.compile("(?i);\\s*name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("(?i);\\s*filename=\"([^\"]*)\"");

  /** A part: its field, the name of its file where it is one, and what it holds. */
  public record Part(String name, Optional<String> fileName, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private final List<Part> parts;

  private Form(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a form.
   *
   * @throws Problem when the body is none
   */
  public static Form of(Asked asked) {
    Matcher type = BOUNDARY.matcher(asked.header("Content-Type").orElse(""));
    if (!type.matches()) {
      throw Problem.invalid(
          "", "", "Content-Type is not multipart/form-data with a boundary (expected: a form).");
    }
    String boundary = type.group(1) == null ? type.group(2) : type.group(1);
    return new Form(parts(asked.body(), ("--" + boundary).getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Part> parts(byte[] body, byte[] delimiter) {
    List<Part> parts = new ArrayList<>();
    int at = indexOf(body, delimiter, 0);
    while (at >= 0) {
      int start = at + delimiter.length;
      if (startsWith(body, start, "--")) {
        return parts;
      }
      int next = indexOf(body, delimiter, start);
      if (next < 0 || !startsWith(body, start, "\r\n")) {
        break;
      }
      // the line end before a delimiter is the delimiter's
      parts.add(part(body, start + 2, Math.max(start + 2, next - 2)));
      if (parts.size() > MAX_PARTS) {
        throw Problem.invalid(
            "", "", "Too many parts in the form (expected: <= " + MAX_PARTS + ").");
      }
      at = next;
    }
    throw Problem.invalid("", "", "The form breaks off (expected: a closing boundary).");
  }

  private static Part part(byte[] body, int from, int to) {
    int end = indexOf(body, "\r\n\r\n".getBytes(StandardCharsets.UTF_8), from);
    if (end < 0 || end > to || end - from > MAX_HEAD) {
      throw Problem.invalid("", "", "A part of the form has no head.");
    }
    String head = new String(body, from, end - from, StandardCharsets.UTF_8);
    String disposition =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
            .findFirst()
            .orElse("");
    Matcher name = NAME.matcher(disposition);
    if (!name.find()) {
      throw Problem.invalid("", "", "A part of the form has no name.");
    }
    Matcher file = FILE.matcher(disposition);
    return new Part(
        name.group(1),
        file.find() ? Optional.of(file.group(1)) : Optional.empty(),
        Arrays.copyOfRange(body, end + 4, Math.max(end + 4, to)));
  }

  private static boolean startsWith(byte[] body, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at + i >= body.length || body[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int indexOf(byte[] body, byte[] wanted, int from) {
    for (int at = from; at <= body.length - wanted.length; at++) {
      if (body[at] == wanted[0]
          && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  /** All files of a field, which may be named with brackets behind it. */
  public List<Part> files(String name) {
    List<Part> files =
        parts.stream()
            .filter(part -> part.name().equals(name) || part.name().equals(name + "[]"))
            .toList();
    for (Part file : files) {
      if (file.fileName().isEmpty()) {
        throw Problem.invalid(name, "invalid_type", "'" + name + "' is no file (expected: one).");
      }
    }
    return files;
  }

  /** The one file of a field. */
  public Part file(String name) {
    List<Part> files = files(name);
    if (files.size() != 1) {
      throw Problem.invalid(
          name,
          "missing_required_parameter",
          "'" + name + "': " + files.size() + " files (expected: one).");
    }
    return files.getFirst();
  }

  /** The text of a field, the first of it. */
  public Optional<String> text(String name) {
    return texts(name).stream().findFirst();
  }

  /** All texts of a field, which may be named with brackets behind it. */
  public List<String> texts(String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name) || part.name().equals(name + "[]"))
        .map(Part::text)
        .toList();
  }

  /** The text of a field that must be there. */
  public String required(String name) {
    return text(name)
        .orElseThrow(
            () ->
                Problem.invalid(
                    name,
                    "missing_required_parameter",
                    "Missing required parameter: '" + name + "'."));
  }

  /** One of some words, the first of which holds where none is given. */
  public String word(String name, List<String> words) {
    String given = text(name).orElse(words.getFirst());
    if (!words.contains(given)) {
      throw Problem.invalid(
          name, "Invalid value for '" + name + "': '" + given + "' (expected: " + words + ").");
    }
    return given;
  }

  /** A whole number within a range. */
  public OptionalInt integer(String name, int min, int max) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int value = Integer.parseInt(given.get());
      if (value >= min && value <= max) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of range
    }
    throw Problem.invalid(
        name, "Invalid '" + name + "': " + given.get() + " (expected: " + min + ".." + max + ").");
  }
}
