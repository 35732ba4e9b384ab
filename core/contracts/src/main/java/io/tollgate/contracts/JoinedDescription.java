package io.tollgate.contracts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins the files of an OpenAPI description, one for each area, into one document. A file is YAML
 * with the sections {@code tags}, {@code paths} and {@code components}, indented by two spaces a
 * level; what stands under one name in several files is joined, and nothing may be given twice.
 * References are those of the joined document ({@code #/components/schemas/Error}), whatever file
 * has what they name.
 */
final class JoinedDescription {
  private static final Set<String> SECTIONS = Set.of("tags", "paths", "components");
  // a colon within a name, as Google's paths have it, is none that ends one
  private static final Pattern NAME =
      Pattern.compile(" *(?:- name: (\\S+)|([^ #:'-](?:[^:]|:(?! |$))*):.*)");

  private final Map<String, Map<String, Entry>> sections = new LinkedHashMap<>();
  private final String head;

  /**
   * Starts with what is no area's.
   *
   * @param head everything before the sections
   */
  JoinedDescription(String head) {
    this.head = head;
    sections.put("tags", new LinkedHashMap<>());
    sections.put("paths", new LinkedHashMap<>());
  }

  /** Adds a file. Throws an IllegalArgumentException that names file and line of what is wrong. */
  void add(String file, String yaml) {
    Optional<String> section = Optional.empty();
    Optional<Entry> entry = Optional.empty();
    StringBuilder between = new StringBuilder();
    int number = 0;
    for (String line : yaml.split("\n")) {
      number++;
      String place = file + ":" + number;
      int indent = indent(line);
      if (line.isBlank() || line.strip().startsWith("#")) {
        between.append(line).append('\n');
      } else if (indent == 0) {
        section = Optional.of(topLevel(place, line));
        entry = Optional.empty();
        between.setLength(0);
      } else if (indent == 2 && isComponents(section)) {
        section = Optional.of("components/" + key(place, line));
        entry = Optional.empty();
        between.setLength(0);
      } else if (section.isPresent() && indent == entryIndent(section.get())) {
        entry = Optional.of(begin(section.get(), key(place, line), place));
        entry.get().text.append(between).append(line).append('\n');
        between.setLength(0);
      } else if (entry.isPresent()) {
        entry.get().text.append(between).append(line).append('\n');
        between.setLength(0);
      } else {
        throw new IllegalArgumentException(
            place + ": " + line.strip() + " (expected: a section and an entry before it)");
      }
    }
  }

  /** The whole document. */
  String yaml() {
    StringBuilder document = new StringBuilder(head.stripTrailing()).append('\n');
    boolean components = false;
    for (Map.Entry<String, Map<String, Entry>> section : sections.entrySet()) {
      String name = section.getKey();
      if (name.startsWith("components/")) {
        document.append(components ? "" : "\ncomponents:\n");
        document.append("  ").append(name.substring("components/".length())).append(":\n");
        components = true;
      } else {
        document.append('\n').append(name).append(":\n");
      }
      section.getValue().values().forEach(entry -> document.append(entry.text));
    }
    return document.toString();
  }

  private Entry begin(String section, String key, String place) {
    Map<String, Entry> entries = sections.computeIfAbsent(section, name -> new LinkedHashMap<>());
    Entry entry = new Entry(place, new StringBuilder());
    Entry before = entries.putIfAbsent(key, entry);
    if (before != null) {
      throw new IllegalArgumentException(
          place
              + ": "
              + section
              + "/"
              + key
              + " (expected: once; it is at "
              + before.place
              + " too)");
    }
    return entry;
  }

  private static String topLevel(String place, String line) {
    String name = key(place, line);
    if (!SECTIONS.contains(name)) {
      throw new IllegalArgumentException(
          place + ": " + name + " (expected: tags, paths or components)");
    }
    return name;
  }

  private static boolean isComponents(Optional<String> section) {
    return section.filter(name -> name.startsWith("components")).isPresent();
  }

  private static int entryIndent(String section) {
    return section.startsWith("components") ? 4 : 2;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static String key(String place, String line) {
    Matcher name = NAME.matcher(line);
    if (!name.matches()) {
      throw new IllegalArgumentException(
          place + ": " + line.strip() + " (expected: a name and a colon)");
    }
    return name.group(1) == null ? name.group(2) : name.group(1);
  }

  /** What is given under one name, with its lines. */
  private record Entry(String place, StringBuilder text) {}
}
