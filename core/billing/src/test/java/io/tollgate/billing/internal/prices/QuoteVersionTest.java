package io.tollgate.billing.internal.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.TokenPrice;
import io.tollgate.ground.Asset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteVersionTest {
  private static final TokenPrice PRICE = new TokenPrice(1, 2, 3, 4, 5);
  private static final Asset USD = Asset.money("USD");

  @Test
  void a_quote_is_found_again_by_its_version_alone() {
    QuoteTerms terms = new QuoteTerms("list-1", "maker/model:free", USD, PRICE, Optional.empty());
    String version = new ListQuote(terms).version();
    assertThat(version).isEqualTo("v1:USD:1:1,2,3,4,5:-:list-1:maker/model:free");
    assertThat(QuoteVersion.read(version)).isEqualTo(terms);
  }

  @Test
  void so_is_one_with_a_price_for_long_inputs() {
    LongContextPrice tier = new LongContextPrice(200_000, new TokenPrice(6, 7, 8, 9, 10));
    QuoteTerms terms = new QuoteTerms("list-1", "m", USD, PRICE, Optional.of(tier));
    String version = new ListQuote(terms).version();
    assertThat(version).isEqualTo("v1:USD:1:1,2,3,4,5:200000,6,7,8,9,10:list-1:m");
    assertThat(QuoteVersion.read(version)).isEqualTo(terms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "list-1/m/1",
        "v2:USD:1:1,2,3,4,5:-:l:m",
        "v1:USD:2:1,2,3,4,5:-:l:m",
        "v1:USD:1:1,2,3,4:-:l:m",
        "v1:USD:1:1,2,3,4,x:-:l:m",
        "v1:USD:1:1,2,3,4,5:7:l:m",
        "v1:USD:1:1,2,3,4,-5:-:l:m",
        "v1:U D:1:1,2,3,4,5:-:l:m"
      })
  void what_is_no_version_is_refused(String text) {
    assertThatThrownBy(() -> QuoteVersion.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
