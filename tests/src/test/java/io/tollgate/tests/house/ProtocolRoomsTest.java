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
  private static final String SHARED = "internal.openai";
  private static final String FORMS = "forms";
  private static final String SOUND = "internal.sound";
  private static final String PIECES = "internal.pieces";
  private static final String IMAGES = "openai.images";
  private static final String AUDIO = "openai.audio";
  private static final String RERANK = "openai.rerank";
  private static final String REQUEST = "openai.request";
  private static final String ANSWER = "openai.answer";
  private static final String COMPLETIONS = "openai.completions";
  private static final String EMBEDDINGS = "embeddings";
  private static final String DOCUMENTS = "openai.documents";
  private static final String REALTIME = "openai.realtime";
  private static final String OPENAI = "openai";
  private static final String RESPONSES_ANSWER = "responses.answer";
  private static final String RESPONSES_REQUEST = "responses.request";
  private static final String RESPONSES = "responses";

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
          .room(SHARED, USAGE, JSON)
          .room("batches", JSON)
          .room(EMBEDDINGS, USAGE, JSON)
          .room(FORMS, JSON)
          .room(SOUND, FORMS)
          .room(PIECES, FORMS, SHARED, PASSING, USAGE, EVENTS, JSON)
          .room(REQUEST, CONVERSATION, SHARED, TOKENS, JSON)
          .room(ANSWER, REQUEST, CONVERSATION, SHARED, PASSING, USAGE, TOKENS, EVENTS, JSON)
          .room(COMPLETIONS, ANSWERS, CONVERSATION, SHARED, USAGE, JSON)
          .room(DOCUMENTS, EMBEDDINGS, SHARED, USAGE, JSON)
          .room(IMAGES, PIECES, FORMS, SHARED, JSON)
          .room(AUDIO, PIECES, FORMS, SOUND, SHARED, JSON)
          .room(RERANK, PIECES, SHARED, JSON)
          .room(REALTIME, SHARED, USAGE, JSON)
          .room(
              OPENAI,
              ANSWER,
              REQUEST,
              COMPLETIONS,
              DOCUMENTS,
              EMBEDDINGS,
              IMAGES,
              AUDIO,
              RERANK,
              REALTIME,
              ANSWERS,
              CONVERSATION,
              SHARED)
          .room(RESPONSES_ANSWER, ANSWERS, CONVERSATION, SHARED, USAGE, JSON)
          .room(RESPONSES_REQUEST, RESPONSES_ANSWER, CONVERSATION, SHARED, TOKENS, JSON)
          .room(RESPONSES, RESPONSES_REQUEST, RESPONSES_ANSWER, ANSWERS, CONVERSATION, SHARED)
          .room("anthropic.errors", JSON)
          .room("anthropic.answer", "anthropic.errors", CONVERSATION, USAGE, JSON)
          .room(
              "anthropic.request",
              "anthropic.answer",
              "anthropic.errors",
              CONVERSATION,
              TOKENS,
              JSON)
          .room(
              "anthropic",
              "anthropic.answer",
              "anthropic.request",
              "anthropic.errors",
              ANSWERS,
              CONVERSATION,
              USAGE,
              JSON)
          .room("gemini.errors", CONVERSATION, USAGE, JSON)
          .room("gemini.request", "gemini.errors", EMBEDDINGS, CONVERSATION, TOKENS, JSON)
          .room(
              "gemini.answer",
              "gemini.request",
              "gemini.errors",
              EMBEDDINGS,
              CONVERSATION,
              USAGE,
              EVENTS,
              JSON)
          .room(
              "gemini",
              "gemini.answer",
              "gemini.request",
              "gemini.errors",
              EMBEDDINGS,
              ANSWERS,
              CONVERSATION,
              USAGE,
              EVENTS,
              JSON)
          .room(
              InnerRooms.FACE,
              OPENAI,
              RESPONSES,
              "anthropic",
              "gemini",
              CONVERSATION,
              EMBEDDINGS,
              FORMS,
              USAGE,
              TOKENS,
              JSON);

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
