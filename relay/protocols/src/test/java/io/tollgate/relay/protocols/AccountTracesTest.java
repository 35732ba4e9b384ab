package io.tollgate.relay.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTracesTest {
  private static final AccountTraces TRACES =
      AccountTraces.of("Zq9-secretvalue-77XY12", "acme-west.models.example.net", "team_7", "main");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          bad key Zq9-secretvalue-77XY12!                      | bad key [key]!
          bad key Zq9-secr…                                    | bad key [key]
          bad key ****XY12                                     | bad key [key]
          the key ending in XY12 is off                        | the key ending in [key] is off
          no route to acme-west.models.example.net:8443/v1     | no route to [address]
          no route to ACME-WEST.MODELS.EXAMPLE.NET             | no route to [address]
          resource acme-west has no quota                      | resource [address] has no quota
          account team_7 and the main model                    | account [account] and the main model
          """)
  void s07_what_is_known_of_the_account_is_removed(String words, String cleaned) {
    assertThat(TRACES.removed(words)).isEqualTo(cleaned);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          key 0123456789abcdef0123456789abcdef is bad          | key [key] is bad
          key xai-AbC123dEf456 is bad                          | key [key] is bad
          key 0a1b****ff is bad                                | key [key] is bad
          key AKIAABCDEFGHIJKLMNOP is bad                      | key [key] is bad
          token eyJhbGciOiJIUzI1NiJ9.abc.def is bad            | token [key] is bad
          dial api.internal.acme.io:443 failed                 | dial [address] failed
          dial tcp 10.1.2.3:8080: refused                      | dial tcp [address]: refused
          dial tcp [2001:db8::1]:443: refused                  | dial tcp [address]: refused
          from fe80:1:2:3:4:5:6:7 refused                      | from [address] refused
          host gw.corp/v1/chat is down                         | host [address] is down
          the model gpt-4.1-mini and gemini-2.5-flash stay     | the model gpt-4.1-mini and gemini-2.5-flash stay
          messages.0.content is **required** (e.g. a string)   | messages.0.content is **required** (e.g. a string)
          at 12:30:45 in response_format.json_schema.name      | at 12:30:45 in response_format.json_schema.name
          """)
  void s07_what_looks_like_a_trace_is_removed_and_nothing_else(String words, String cleaned) {
    assertThat(AccountTraces.UNKNOWN.removed(words)).isEqualTo(cleaned);
  }
}
