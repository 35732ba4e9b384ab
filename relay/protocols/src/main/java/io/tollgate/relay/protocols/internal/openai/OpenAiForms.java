package io.tollgate.relay.protocols.internal.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.ListedModel;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.UpstreamFault;
import java.util.List;

/** How callers of any of OpenAI's protocols are told of errors and models. */
public abstract class OpenAiForms implements CallerProtocol {
  private final OpenAiErrors errors;

  protected OpenAiForms(OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  /** Its callers send nothing that others do not send. */
  @Override
  public final boolean claims(RequestHead head) {
    return false;
  }

  @Override
  public final ErrorAnswer error(Refusal refusal, String requestId) {
    return errors.of(refusal).answer();
  }

  @Override
  public final ErrorAnswer error(RequestFault fault, String requestId) {
    return errors.of(fault).answer();
  }

  @Override
  public final ErrorAnswer error(UpstreamFault fault, String requestId) {
    return errors.of(fault).answer();
  }

  @Override
  public final byte[] models(List<ListedModel> models, RequestHead head) {
    return OpenAiModels.list(models);
  }

  @Override
  public final byte[] model(ListedModel model) {
    return OpenAiModels.one(model);
  }
}
