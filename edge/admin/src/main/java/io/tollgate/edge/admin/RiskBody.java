package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.risk.RiskValue;
import io.tollgate.trading.engine.risk.RuleSetting;
import io.tollgate.web.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Changes of rules of risk, as they are sent: {@code {"rules":{NAME:{"enabled",PARAMETER…}}}}. */
final class RiskBody {
  private static final String RULES = "an object of rules by their names";
  private static final String RULE = "an object of enabled and the rule's parameters";
  private static final String VALUE = "a number, a word or a list of words";
  private static final int RULES_MOST = 50;
  private static final int WORDS_MOST = 1_000;

  private RiskBody() {}

  static Map<String, RuleSetting.Change> changes(JsonFields body) {
    JsonNode rules = body.find("rules").orElseThrow(() -> JsonFields.missing("rules", RULES));
    if (!rules.isObject() || rules.size() > RULES_MOST) {
      throw GivenText.refused("rules", rules.toString(), RULES);
    }
    Map<String, RuleSetting.Change> changes = new LinkedHashMap<>();
    rules
        .properties()
        .forEach(each -> changes.put(each.getKey(), change(each.getKey(), each.getValue())));
    return changes;
  }

  private static RuleSetting.Change change(String name, JsonNode given) {
    if (!given.isObject() || given.size() > RULES_MOST) {
      throw GivenText.refused("rules." + name, given.toString(), RULE);
    }
    Optional<Boolean> enabled = Optional.empty();
    Map<String, RiskValue> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : given.properties()) {
      String place = name + "." + each.getKey();
      JsonNode value = each.getValue();
      if (each.getKey().equals("enabled")) {
        if (!value.isBoolean()) {
          throw GivenText.refused(place, value.toString(), "true or false");
        }
        enabled = Optional.of(value.booleanValue());
      } else {
        parameters.put(each.getKey(), value(place, value));
      }
    }
    return new RuleSetting.Change(enabled, parameters);
  }

  private static RiskValue value(String place, JsonNode given) {
    if (given.isNumber()) {
      return new RiskValue.Number(given.decimalValue());
    }
    if (given.isString()) {
      return new RiskValue.Word(given.stringValue());
    }
    if (!given.isArray() || given.size() > WORDS_MOST) {
      throw GivenText.refused(place, given.toString(), VALUE);
    }
    List<String> words = new ArrayList<>(given.size());
    for (JsonNode word : given) {
      if (!word.isString()) {
        throw GivenText.refused(place, word.toString(), VALUE);
      }
      words.add(word.stringValue());
    }
    return new RiskValue.Words(words);
  }
}
