package io.tollgate.contracts;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiDescriptionTest {
  private static final Pattern REFERENCE = Pattern.compile("'#/components/(\\w+)/(\\w+)'");
  private static final Pattern SUBSECTION = Pattern.compile("(?m)^  (\\w+):$");

  @Test
  void every_file_of_the_folder_is_in_the_description() throws IOException, URISyntaxException {
    String joined = ApiDescription.yaml();
    Path folder = Path.of(ApiDescription.class.getResource("/openapi/shared.yaml").toURI());
    try (Stream<Path> files = Files.list(folder.getParent())) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          assertThat(joined).as(file + ": " + line).contains(line);
        }
      }
    }
  }

  @Test
  void every_section_is_there_once() {
    assertThat(ApiDescription.yaml().lines().filter(line -> line.matches("[a-z]+:.*")))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly("openapi", "info", "servers", "security", "tags", "paths", "components");
  }

  @Test
  void every_reference_leads_somewhere_and_everything_shared_is_used() {
    String joined = ApiDescription.yaml();
    String components = joined.substring(joined.indexOf("\ncomponents:\n"));
    Set<String> given = new TreeSet<>();
    SUBSECTION
        .matcher(components)
        .results()
        .forEach(
            subsection ->
                names(components, subsection)
                    .forEach(name -> given.add(subsection.group(1) + "/" + name)));
    Set<String> used =
        REFERENCE
            .matcher(joined)
            .results()
            .map(found -> found.group(1) + "/" + found.group(2))
            .collect(toCollection(TreeSet::new));

    assertThat(given).hasSizeGreaterThan(50).containsAll(used);
    assertThat(given.stream().filter(name -> !name.startsWith("securitySchemes/")).collect(toSet()))
        .isEqualTo(used);
  }

  private static Stream<String> names(String components, MatchResult subsection) {
    return components
        .substring(subsection.end())
        .lines()
        .skip(1)
        .takeWhile(line -> line.isBlank() || line.startsWith("    "))
        .filter(line -> line.matches("    \\w+:.*"))
        .map(line -> line.substring(4, line.indexOf(':')));
  }

  @Test
  void files_are_joined_section_by_section() {
    JoinedDescription description = new JoinedDescription("openapi: 3.1.0\n");
    description.add(
        "one.yaml",
        """
        tags:
          - name: one
            description: First.
        paths:
          /one:
            get:
              summary: One

        components:
          schemas:
            # why
            One: {type: string}
        """);
    description.add(
        "two.yaml",
        """
        paths:
          /two: {}
        components:
          headers:
            Two: {}
          schemas:
            Two:
              type: object
        """);
    assertThat(description.yaml())
        .isEqualTo(
            """
            openapi: 3.1.0

            tags:
              - name: one
                description: First.

            paths:
              /one:
                get:
                  summary: One
              /two: {}

            components:
              schemas:
                # why
                One: {type: string}
                Two:
                  type: object
              headers:
                Two: {}
            """);
  }

  @Test
  void what_is_given_twice_is_refused_with_both_places() {
    JoinedDescription description = new JoinedDescription("openapi: 3.1.0\n");
    description.add("one.yaml", "components:\n  schemas:\n    Error: {}\n");
    assertThatThrownBy(
            () -> description.add("two.yaml", "components:\n  schemas:\n    Error: {}\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "two.yaml:3: components/schemas/Error (expected: once; it is at one.yaml:3 too)");
    description.add("one.yaml", "tags:\n  - name: x\n");
    assertThatThrownBy(() -> description.add("two.yaml", "tags:\n  - name: x\n"))
        .hasMessage("two.yaml:2: tags/x (expected: once; it is at one.yaml:2 too)");
  }

  @Test
  void what_stands_elsewhere_is_refused() {
    JoinedDescription description = new JoinedDescription("openapi: 3.1.0\n");
    assertThatThrownBy(() -> description.add("a.yaml", "servers: []\n"))
        .hasMessage("a.yaml:1: servers (expected: tags, paths or components)");
    assertThatThrownBy(() -> description.add("a.yaml", "paths:\n    /deep: {}\n"))
        .hasMessage("a.yaml:2: /deep: {} (expected: a section and an entry before it)");
    assertThatThrownBy(() -> description.add("a.yaml", "components:\n  - x\n"))
        .hasMessageContaining("a.yaml:2");
  }
}
