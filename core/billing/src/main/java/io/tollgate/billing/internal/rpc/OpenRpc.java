package io.tollgate.billing.internal.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;
import io.tollgate.billing.BillingRecords;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.rpc.RpcCall;
import io.tollgate.rpc.UnaryAnswer;
import io.tollgate.rpc.billing.v1.BillingServiceGrpc.BillingServiceImplBase;
import io.tollgate.rpc.billing.v1.GetAccountReply;
import io.tollgate.rpc.billing.v1.GetAccountRequest;
import io.tollgate.rpc.billing.v1.GetStatsMonthRequest;
import io.tollgate.rpc.billing.v1.GetStatsReply;
import io.tollgate.rpc.billing.v1.GetStatsSummaryReply;
import io.tollgate.rpc.billing.v1.GetStatsSummaryRequest;
import io.tollgate.rpc.billing.v1.GetStatsTodayRequest;
import io.tollgate.rpc.billing.v1.ListRecordsReply;
import io.tollgate.rpc.billing.v1.ListRecordsRequest;
import io.tollgate.rpc.billing.v1.RechargeReply;
import java.math.BigDecimal;
import java.util.Optional;

/** {@code billing.v1.BillingService}: what users and their front ends ask. */
public final class OpenRpc extends BillingServiceImplBase {
  private final RpcCallers callers;
  private final BillingRecords records;
  private final RechargeOrders orders;

  public OpenRpc(RpcCallers callers, BillingRecords records, RechargeOrders orders) {
    this.callers = requireNonNull(callers, "callers is null");
    this.records = requireNonNull(records, "records is null");
    this.orders = requireNonNull(orders, "orders is null");
  }

  @Override
  public void recharge(
      io.tollgate.rpc.billing.v1.RechargeRequest request, StreamObserver<RechargeReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          RpcCallers.Reached reached = callers.reach(request.getUserId());
          BigDecimal amount =
              ExactFields.amount("amount", request.getAmount(), request.getExactAmount())
                  .orElse(BigDecimal.ZERO);
          RechargeOrder order =
              orders.create(
                  new RechargeRequest(
                      reached.tenant(),
                      reached.user(),
                      Optional.of(amount),
                      request.getPaymentMethod(),
                      given(request.getCurrency()),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      given(RpcCall.current().remoteAddress()),
                      Optional.empty()));
          return RechargeReply.newBuilder()
              .setRechargeOrderId(order.orderId())
              .setPaymentUrl(order.payUrl().orElse(""))
              .build();
        });
  }

  @Override
  public void getAccount(GetAccountRequest request, StreamObserver<GetAccountReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          RpcCallers.Reached reached = callers.reach(request.getUserId());
          return RecordReplies.account(reached.user(), records.account(user(reached)));
        });
  }

  @Override
  public void listRecords(ListRecordsRequest request, StreamObserver<ListRecordsReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          RpcCallers.Reached reached = callers.reach(request.getUserId());
          return RecordReplies.records(
              records.records(
                  user(reached),
                  RecordReplies.filter(request),
                  RecordReplies.page(request),
                  RecordReplies.pageSize(request)));
        });
  }

  @Override
  public void getStatsToday(GetStatsTodayRequest request, StreamObserver<GetStatsReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          RpcCallers.Reached reached = callers.reach(request.getUserId());
          return RecordReplies.statistic(
              reached.user(),
              records.today(user(reached), given(request.getServiceName())),
              "today");
        });
  }

  @Override
  public void getStatsMonth(GetStatsMonthRequest request, StreamObserver<GetStatsReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          RpcCallers.Reached reached = callers.reach(request.getUserId());
          return RecordReplies.statistic(
              reached.user(),
              records.month(user(reached), given(request.getServiceName())),
              "month");
        });
  }

  @Override
  public void getStatsSummary(
      GetStatsSummaryRequest request, StreamObserver<GetStatsSummaryReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          RpcCallers.Reached reached = callers.reach(request.getUserId());
          return RecordReplies.summary(reached.user(), records.summary(user(reached)));
        });
  }

  private UserOfTenant user(RpcCallers.Reached reached) {
    return records.user(reached.tenant(), reached.user());
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
