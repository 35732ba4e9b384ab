package io.tollgate.tests.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reranking costs the search units or tokens that are reported, else a unit for 100 documents. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class RerankTest {
  private static final String COHERE = "rerank-v3.5";
  private static final String JINA = "jina-reranker-v2-base-multilingual";
  private static final String RESULTS = "\"results\":[{\"index\":0,\"relevance_score\":0.9}]";

  private final Site site;

  RerankTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest(name = "{0} at {1}, {2} documents: {3} USD, {4} units")
  @CsvSource({
    "rerank-v3.5, /v1/rerank, 3,   0.002, 1",
    "rerank-v3.5, /v2/rerank, 101, 0.004, 2",
  })
  void the_sandbox_s_search_units_are_charged(
      String model, String path, int documents, String dollars, long units) {
    Payer payer = site.payer("1");
    site.sandboxAccount();
    Answered answered = payer.post(path, asks(model, documents));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.json().required("results").size()).isEqualTo(documents);
    assertThat(answered.header("x-tollgate-cost")).isNotEmpty();
    Payer.Charged charged = payer.charged(answered);
    charged.is(dollars, 0, 0);
    assertThat(charged.row().at("/usage/search_units").asLong()).isEqualTo(units);
  }

  @Test
  void tokens_that_jina_reports_are_charged() {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, "{" + RESULTS + ",\"usage\":{\"total_tokens\":400}}"));
    Answered answered = payer.post("/v1/rerank", asks(JINA, 3));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    payer.charged(answered).is("0.00002", 400, 0);
  }

  @ParameterizedTest(name = "reported {0}: {1} USD")
  @CsvSource({
    "1,          0.002",
    "2,          0.002",
    "0,          0.002",
    "-3,         0.002",
    "1000000000, 0.002",
    "null,       0.002",
  })
  void units_that_cannot_be_are_not_believed(String units, String dollars) {
    Payer payer = site.payer("1");
    site.answers(
        Script.json(
            200, "{" + RESULTS + ",\"meta\":{\"billed_units\":{\"search_units\":" + units + "}}}"));
    Answered answered = payer.post("/v1/rerank", asks(COHERE, 3));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    payer.charged(answered).is(dollars, 0, 0);
  }

  @Test
  void without_means_nothing_is_sent() {
    Payer payer = site.payer("0.001");
    var account = site.account();
    assertThat(payer.post("/v1/rerank", asks(COHERE, 3)).status()).isEqualTo(402);
    assertThat(site.received(account)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"query\":\"a\",\"documents\":[\"b\"]}', model",
    "'{\"model\":\"rerank-v3.5\",\"documents\":[\"b\"]}', query",
    "'{\"model\":\"rerank-v3.5\",\"query\":5,\"documents\":[\"b\"]}', query",
    "'{\"model\":\"rerank-v3.5\",\"query\":\"a\"}', documents",
    "'{\"model\":\"rerank-v3.5\",\"query\":\"a\",\"documents\":[]}', documents",
    "'{\"model\":\"rerank-v3.5\",\"query\":\"a\",\"documents\":{}}', documents",
    "'{\"model\":\"rerank-v3.5\",\"query\":\"a\",\"documents\":[\"b\",7]}', documents[1]",
  })
  void what_is_wrong_is_named(String body, String parameter) {
    Answered answered = site.payer("1").post("/v1/rerank", body);
    assertThat(answered.status()).as(answered.body()).isEqualTo(400);
    assertThat(answered.json().at("/error/param").asString()).isEqualTo(parameter);
    assertThat(answered.json().at("/error/message").asString()).contains("expected: ");
  }

  private static String asks(String model, int documents) {
    return "{\"model\":\""
        + model
        + "\",\"query\":\"a gate\",\"documents\":["
        + "\"At a gate everybody pays.\",".repeat(documents - 1)
        + "{\"text\":\"Nobody pays here.\"}]}";
  }
}
