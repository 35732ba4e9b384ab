package io.tollgate.tests.relay;

import io.tollgate.tests.installation.NodeSuite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The official SDKs for Node, with nothing but base URL and key changed: OpenAI's, Anthropic's and
 * Google's, and Vercel's on top of them, against a model of each upstream protocol.
 */
@Tag("slow")
class NodeSdkTest {
  private static final List<NodeSuite> SUITES =
      List.of(
          new NodeSuite("openai-node", "ws", 43),
          new NodeSuite("anthropic-node", "@anthropic-ai/sdk", 33),
          new NodeSuite("google-node", "@google/genai", 30),
          new NodeSuite("vercel-node", "ai", 90));

  @TestFactory
  List<DynamicTest> official_sdks_for_node() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    try (SdkSite site = SdkSite.start()) {
      for (NodeSuite suite : SUITES) {
        tests.addAll(suite.results(site.file()));
      }
    }
    return tests;
  }
}
