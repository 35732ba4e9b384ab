package io.tollgate.relay.protocols;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request as its caller made it: what must be known of it to price and to route it. Immutable.
 */
public interface CallerRequest {
  /** The protocol that the answer and errors are to be written in. */
  Protocol protocol();

  /** The model as the caller named it, at least one character. */
  String model();

  /** Whether the answer is to be streamed. */
  boolean stream();

  /** Answers asked for, at least 1. */
  int choices();

  /**
   * The limit of output tokens of each choice, where the request names one: at least 1, at most
   * {@link io.tollgate.contracts.TokenUsage#MAX_TOKENS}.
   */
  OptionalLong maxOutputTokens();

  /** What is to be counted as input. */
  InputText input();

  /** The body as it came; not to be changed. */
  byte[] body();

  /** Bytes of the body. */
  default int bodyBytes() {
    return body().length;
  }

  /**
   * Whether the request names input that is not in its body: an address, a file, an earlier answer,
   * a tool that the provider runs. The input that is reported for it may be any that the model
   * takes.
   */
  boolean inputElsewhere();

  /**
   * A number that the requests of one conversation share, and few others: of its cache key where it
   * names one, else of its system texts and what the user said first. 0 where there is none.
   */
  default long conversationKey() {
    return 0;
  }

  /**
   * What it asks for that is not told by its text and its limit of output: pictures, sound,
   * searches.
   */
  default Optional<AskedUnits> units() {
    return Optional.empty();
  }

  /** The tools asked for that the provider runs itself and bills by the call; mostly none. */
  default List<ProviderTool> providerTools() {
    return List.of();
  }

  /**
   * Whether the answer has tokens that are sold: a conversation's has, vectors and verdicts have
   * none.
   */
  default boolean makesTokens() {
    return true;
  }

  /** What it has to do with what its provider keeps. */
  default KeptUse kept() {
    return KeptUse.NONE;
  }

  /** The service tier asked for, where the request names one. */
  Optional<ServiceTier> tier();
}
