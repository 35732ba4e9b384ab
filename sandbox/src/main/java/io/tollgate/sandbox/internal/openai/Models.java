package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.json.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** The models there are: some names; any other is served as well. */
public final class Models {
  /** Some models that there are. */
  public static final List<String> NAMES =
      List.of(
          "gpt-4o-mini",
          "gpt-4o",
          "gpt-4.1",
          "gpt-4.1-mini",
          "gpt-5",
          "gpt-5-mini",
          "o3",
          "o4-mini",
          "claude-sonnet-4-5",
          "claude-haiku-4-5",
          "claude-opus-4-5",
          "gemini-2.5-flash",
          "gemini-2.5-pro",
          "gemini-3-pro-preview",
          "deepseek-chat",
          "gpt-3.5-turbo-instruct",
          "text-embedding-3-small",
          "text-embedding-3-large",
          "gemini-embedding-001",
          "omni-moderation-latest",
          "rerank-v3.5",
          "jina-reranker-v2-base-multilingual",
          "gpt-image-1",
          "dall-e-3",
          "tts-1",
          "gpt-4o-mini-tts",
          "whisper-1",
          "gpt-4o-transcribe",
          "gpt-4o-mini-transcribe",
          "gpt-realtime");

  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/-]{1,128}");

  private Models() {}

  /**
   * A model's name that the journal can hold; any will do.
   *
   * @throws Problem 404 when it is none
   */
  public static String checked(String name) {
    if (!MODEL.matcher(name).matches()) {
      throw new Problem(
          404,
          "model_not_found",
          "model",
          "The model does not exist (expected: a name of 1..128 of A-Z a-z 0-9 . _ : / -).");
    }
    return name;
  }
}
