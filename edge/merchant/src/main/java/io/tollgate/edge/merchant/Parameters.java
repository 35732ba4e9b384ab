package io.tollgate.edge.merchant;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.EmailAddress;
import io.tollgate.rewards.Points;
import io.tollgate.web.FormFields;
import io.tollgate.web.Json;
import io.tollgate.web.Request;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What a call was given: the query of a GET, the form or JSON of a POST. An empty text is taken for
 * none, as forms send it. What is wrong is refused with what was given and what was expected.
 */
final class Parameters {
  /** Rows from the beginning of a list that a page may reach to. */
  private static final int DEEPEST = 1_000_000;

  private static final int LIMIT_MAX = 100;
  private static final int LIMIT_DEFAULT = 20;
  private static final Sentence EMAIL = new Sentence("用户邮箱", "an e-mail address");
  private static final int LONGEST_EMAIL = 254;

  private final Function<String, Optional<String>> given;

  private Parameters(Function<String, Optional<String>> given) {
    this.given = given;
  }

  /** Those of a query; one that is given twice is refused when it is asked for. */
  static Parameters ofQuery(Request request) {
    return new Parameters(
        name -> {
          List<String> all = request.queryAll(name);
          if (all.size() > 1) {
            throw MerchantFault.invalid(
                Sentence.wrong(
                    name, String.join(", ", all), new Sentence("单个值", "a single value")));
          }
          return all.stream().findFirst();
        });
  }

  /**
   * Those of a body.
   *
   * @throws Refusal {@code MALFORMED_BODY}; {@code UNSUPPORTED_MEDIA_TYPE}; {@code INVALID_REQUEST}
   *     naming the field that is given twice or is no single value
   */
  static Parameters ofBody(Request request) {
    Map<String, String> fields = fields(request);
    return new Parameters(name -> Optional.ofNullable(fields.get(name)));
  }

  private static Map<String, String> fields(Request request) {
    byte[] body = request.body();
    String type =
        request.header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/x-www-form-urlencoded" -> FormFields.read(body);
      case "application/json" -> body.length == 0 ? Map.of() : fields(Json.read(body));
      default -> {
        if (body.length == 0) {
          yield Map.of();
        }
        throw new MerchantFault(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            "Content-Type："
                + shown(type)
                + "（应为：application/x-www-form-urlencoded 或 application/json）",
            "Content-Type: "
                + shown(type)
                + " (expected: application/x-www-form-urlencoded or application/json)");
      }
    };
  }

  private static String shown(String type) {
    return type.isEmpty() ? "-" : GivenText.shown(type);
  }

  private static Map<String, String> fields(JsonNode body) {
    if (!body.isObject()) {
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body is no object (expected: {…})");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      JsonNode value = field.getValue();
      if (value.isContainer()) {
        throw MerchantFault.invalid(
            Sentence.wrong(
                field.getKey(), value.toString(), new Sentence("单个值", "a single value")));
      }
      if (!value.isNull()) {
        fields.put(field.getKey(), value.isString() ? value.stringValue() : value.asString());
      }
    }
    return fields;
  }

  Optional<String> text(String name) {
    return given.apply(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /**
   * A text of at most so many characters.
   *
   * @param expected what it stands for
   */
  Optional<String> text(String name, int most, Sentence expected) {
    Optional<String> text = text(name);
    if (text.isPresent() && text.get().length() > most) {
      throw MerchantFault.invalid(Sentence.wrong(name, text.get(), expected));
    }
    return text;
  }

  String requireText(String name, int most, Sentence expected) {
    return text(name, most, expected).orElseThrow(() -> missing(name, expected));
  }

  /** A text that is never repeated, as it may be a secret; spaces around it are its own. */
  Optional<String> secret(String name) {
    return given.apply(name).filter(value -> !value.isEmpty());
  }

  String requireSecret(String name, Sentence expected) {
    return secret(name).orElseThrow(() -> missing(name, expected));
  }

  /** An address as it is looked for: whatever it is, nobody may have it. */
  String requireEmail(String name) {
    return requireText(name, LONGEST_EMAIL, EMAIL);
  }

  /** An address that somebody can have. */
  String requireNewEmail(String name) {
    String text = requireEmail(name);
    return EmailAddress.find(text)
        .map(EmailAddress::value)
        .orElseThrow(() -> MerchantFault.invalid(Sentence.wrong(name, text, EMAIL)));
  }

  /** A whole number within bounds, both included. */
  Optional<Long> whole(String name, long least, long most) {
    Sentence expected =
        new Sentence(least + " 至 " + most + " 的整数", "a whole number from " + least + " to " + most);
    return text(name)
        .map(
            text -> {
              try {
                long number = Numerals.wholeNumber(text);
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException _) {
                throw MerchantFault.invalid(Sentence.wrong(name, text, expected));
              }
              throw MerchantFault.invalid(Sentence.wrong(name, text, expected));
            });
  }

  /** The number of a row. */
  long requireId(String name) {
    Sentence expected = new Sentence("大于 0 的整数", "a whole number from 1");
    String text = text(name).orElseThrow(() -> missing(name, expected));
    try {
      long number = Numerals.wholeNumber(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      throw MerchantFault.invalid(Sentence.wrong(name, text, expected));
    }
    throw MerchantFault.invalid(Sentence.wrong(name, text, expected));
  }

  /** One of some numbers. */
  int choice(String name, int otherwise, Sentence expected, int... values) {
    return choice(name, expected, values).orElse(otherwise);
  }

  /** One of some numbers, where it is given. */
  Optional<Integer> choice(String name, Sentence expected, int... values) {
    return text(name)
        .map(
            text -> {
              for (int value : values) {
                if (text.equals(Integer.toString(value))) {
                  return value;
                }
              }
              throw MerchantFault.invalid(Sentence.wrong(name, text, expected));
            });
  }

  /** Points that are moved: more than 0, eight decimals at most. */
  Amount requirePoints(String name) {
    Sentence expected = new Sentence("大于 0、最多 8 位小数的数", "a number above 0 with at most 8 decimals");
    if (text(name).isEmpty()) {
      throw missing(name, expected);
    }
    Amount amount = points(name, expected).orElseThrow();
    if (!amount.isPositive()) {
      throw MerchantFault.invalid(Sentence.wrong(name, amount.toPlainString(), expected));
    }
    return amount;
  }

  /** Points that are asked for: 0 or more. */
  Optional<Amount> pointsFromZero(String name) {
    Sentence expected = new Sentence("不小于 0、最多 8 位小数的数", "a number from 0 with at most 8 decimals");
    Optional<Amount> amount = points(name, expected);
    if (amount.isPresent() && amount.get().isNegative()) {
      throw MerchantFault.invalid(Sentence.wrong(name, amount.get().toPlainString(), expected));
    }
    return amount;
  }

  private Optional<Amount> points(String name, Sentence expected) {
    return text(name)
        .map(
            text -> {
              try {
                return Points.of(Numerals.decimal(text));
              } catch (NumberFormatException | Refusal _) {
                throw MerchantFault.invalid(Sentence.wrong(name, text, expected));
              }
            });
  }

  /** A decimal from 0 to a bound, with eight decimals at most. */
  Optional<BigDecimal> decimal(String name, BigDecimal most) {
    Sentence expected =
        new Sentence(
            "0 至 " + most.toPlainString() + "、最多 8 位小数的数",
            "a number from 0 to " + most.toPlainString() + " with at most 8 decimals");
    return points(name, expected)
        .map(
            amount -> {
              BigDecimal decimal = amount.toDecimal();
              if (decimal.signum() < 0 || decimal.compareTo(most) > 0) {
                throw MerchantFault.invalid(
                    Sentence.wrong(name, decimal.toPlainString(), expected));
              }
              return decimal;
            });
  }

  /** The page that is asked for, with its total. */
  ListRequest page() {
    int limit = whole("limit", 1, LIMIT_MAX).orElse((long) LIMIT_DEFAULT).intValue();
    int page = whole("page", 1, DEEPEST / limit + 1L).orElse(1L).intValue();
    return new ListRequest(page, limit, Optional.empty(), true);
  }

  private static MerchantFault missing(String name, Sentence expected) {
    return MerchantFault.invalid(Sentence.missing(name, expected));
  }
}
