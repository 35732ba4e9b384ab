package io.tollgate.tests.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import org.junit.jupiter.api.Test;

/** Among the protocols arrows point one way: from a protocol to usage, down to bytes. */
class ProtocolRoomsTest {
  private static final String JSON = "internal.json";
  private static final String EVENTS = "internal.events";
  private static final String TOKENS = "internal.tokens";
  private static final String USAGE = "usage";
  private static final String CONVERSATION = "conversation";
  private static final String PASSING = "internal.passing";
  private static final String ANSWERS = "internal.answers";
  private static final String ERRORS = "openai.errors";
  private static final String REQUEST = "openai.request";
  private static final String ANSWER = "openai.answer";
  private static final String OPENAI = "openai";
  private static final String ANTHROPIC_ERRORS = "anthropic.errors";
  private static final String ANTHROPIC_ANSWER = "anthropic.answer";
  private static final String ANTHROPIC_REQUEST = "anthropic.request";
  private static final String ANTHROPIC = "anthropic";

  /** Bytes first, then what is believed of them, then what each side of a protocol says. */
  private static final InnerRooms PROTOCOLS =
      new InnerRooms("relay.protocols")
          .room(JSON)
          .room(EVENTS)
          .room(TOKENS, JSON)
          .room(USAGE)
          .room(CONVERSATION, USAGE, JSON)
          .room(PASSING, EVENTS, JSON)
          .room(ANSWERS, CONVERSATION, PASSING, USAGE, EVENTS, JSON)
          .room(ERRORS, JSON)
          .room(REQUEST, ERRORS, TOKENS, JSON)
          .room(ANSWER, REQUEST, ERRORS, PASSING, USAGE, TOKENS, EVENTS, JSON)
          .room(OPENAI, ANSWER, REQUEST, ERRORS, JSON)
          .room(ANTHROPIC_ERRORS, JSON)
          .room(ANTHROPIC_ANSWER, ANTHROPIC_ERRORS, CONVERSATION, USAGE, JSON)
          .room(ANTHROPIC_REQUEST, ANTHROPIC_ANSWER, ANTHROPIC_ERRORS, CONVERSATION, TOKENS, JSON)
          .room(
              ANTHROPIC,
              ANTHROPIC_REQUEST,
              ANTHROPIC_ANSWER,
              ANTHROPIC_ERRORS,
              ANSWERS,
              CONVERSATION,
              JSON)
          .room(InnerRooms.FACE, OPENAI, ANTHROPIC, USAGE, TOKENS, JSON);

  @Test
  void every_arrow_among_the_protocols_is_listed() {
    JavaClasses protocols =
        new ClassFileImporter()
            .withImportOption(ProtocolRoomsTest::notOurTests)
            .importPackages("io.tollgate.relay.protocols");
    assertThat(protocols.size()).isGreaterThan(80);
    PROTOCOLS.check(protocols);
  }

  @Test
  void an_arrow_from_the_request_to_its_answer_fails() {
    assertThatThrownBy(
            () ->
                PROTOCOLS.check(
                    new ClassFileImporter()
                        .importPackages("io.tollgate.relay.protocols.openai.request.planted")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("RequestKnowsAnswer");
  }

  private static boolean notOurTests(Location location) {
    return !location.contains("/test-classes/");
  }
}
