package io.tollgate.trading.engine.report;

import io.tollgate.trading.engine.backtest.DropReason;
import io.tollgate.trading.engine.backtest.ExitReason;
import io.tollgate.trading.strategies.SignalSide;

/** What a report says, in each of its languages. */
enum ReportWord {
  PROFIT("Profit", "盈亏"),
  OF_BALANCE("of the initial balance", "占初始余额"),
  FINAL_BALANCE("Final balance", "期末余额"),
  DRAWDOWN("Largest drawdown", "最大回撤"),
  TRADES("Trades", "交易笔数"),
  WON("won", "胜率"),
  PROFIT_FACTOR("Profit factor", "盈利因子"),
  NO_LOSS("no loss", "无亏损"),
  RATIOS("Sharpe, Sortino, Calmar", "夏普、索提诺、卡玛"),
  FEES("Fees", "手续费"),
  FUNDING("Funding", "资金费"),
  TIME("Time", "时间"),
  CANDLES("Candles", "K 线"),
  GAPS("gaps", "缺口"),
  NOT_TRADED("Not traded", "未成交的信号"),
  NOTHING("nothing", "无"),
  EQUITY("Equity", "权益"),
  BALANCE("Balance", "余额"),
  FALL("Drawdown, %", "回撤（%）"),
  ON_PRICE("Trades on the price", "价格上的交易"),
  PARAMETERS("Parameters", "策略参数"),
  TERMS("Terms", "交易条件"),
  LIST("All trades", "交易明细"),
  SHOWN("shown, the first of", "笔，仅显示最前面的，共"),
  SIDE("Side", "方向"),
  LONG("long", "多"),
  SHORT("short", "空"),
  ENTRY("Entry", "开仓"),
  EXIT("Exit", "平仓"),
  PRICE("Price", "价格"),
  QUANTITY("Quantity", "数量"),
  REASON("Reason", "平仓原因"),
  LEGEND(
      "A filled dot is an entry, a ring an exit; the line between is dashed of a loss.",
      "实心点为开仓，圆环为平仓；连线为虚线表示亏损。"),
  STOP_LOSS("stop", "止损"),
  TAKE_PROFIT("target", "止盈"),
  TRAILING_STOP("trailing stop", "移动止损"),
  SIGNAL("signal", "信号平仓"),
  LIQUIDATION("liquidation", "强平"),
  END("end of the candles", "数据结束"),
  POSITION_OPEN("a position was open", "已有持仓"),
  NO_POSITION("no position to close", "没有可平的持仓"),
  LEVEL_PASSED("stop or target already passed", "开仓时已越过止损或止盈"),
  RISK_REWARD("target too near for the stop", "盈亏比不足"),
  NO_STOP("no stop to size by", "没有止损，无法按风险定量"),
  TOO_SMALL("less than one step", "不足一个最小数量"),
  HALTED("halted after losses", "回撤或连亏后暂停"),
  LIMIT_EXPIRED("limit order expired", "限价单过期"),
  NO_BAR("no candle left", "没有后续 K 线");

  private final String english;
  private final String chinese;

  ReportWord(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  String in(ReportLanguage language) {
    return switch (language) {
      case ENGLISH -> english;
      case CHINESE -> chinese;
    };
  }

  static ReportWord of(SignalSide side) {
    return side == SignalSide.BUY ? LONG : SHORT;
  }

  static ReportWord of(ExitReason reason) {
    return switch (reason) {
      case STOP_LOSS -> STOP_LOSS;
      case TAKE_PROFIT -> TAKE_PROFIT;
      case TRAILING_STOP -> TRAILING_STOP;
      case SIGNAL -> SIGNAL;
      case LIQUIDATION -> LIQUIDATION;
      case END -> END;
    };
  }

  static ReportWord of(DropReason reason) {
    return switch (reason) {
      case POSITION_OPEN -> POSITION_OPEN;
      case NO_POSITION -> NO_POSITION;
      case LEVEL_PASSED -> LEVEL_PASSED;
      case RISK_REWARD -> RISK_REWARD;
      case NO_STOP -> NO_STOP;
      case TOO_SMALL -> TOO_SMALL;
      case HALTED -> HALTED;
      case LIMIT_EXPIRED -> LIMIT_EXPIRED;
      case NO_BAR -> NO_BAR;
    };
  }
}
