package io.tollgate.trading.engine.report;

import io.tollgate.ground.GivenText;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a report can be written in. */
public enum ReportLanguage {
  ENGLISH("en"),
  CHINESE("zh-CN");

  private final String tag;

  ReportLanguage(String tag) {
    this.tag = tag;
  }

  /** As BCP 47 has it. */
  public String tag() {
    return tag;
  }

  /**
   * The language of a tag.
   *
   * @param field in which it was given
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none such
   */
  public static ReportLanguage of(String field, String given) {
    return Arrays.stream(values())
        .filter(each -> each.tag.equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                GivenText.refused(
                    field,
                    given,
                    "one of "
                        + Arrays.stream(values())
                            .map(ReportLanguage::tag)
                            .collect(Collectors.joining(", "))));
  }
}
