package io.tean.dashboards.screen;

import io.tean.core.stream.Label;
import java.util.Locale;
import java.util.Optional;

/** Everything that the pages say, once in each language. %s stands for what the page fills in. */
public enum Word {
    TEAN("特安", "Tean"),
    STATUS("运行状态", "Status"),
    LANGUAGE_NAME("中文", "English"),
    SKIP("跳到正文", "Skip to content"),
    NO_ANSWER(
            "本页已停止更新：服务没有应答，以下是最后一次收到的内容。",
            "This page stands still: the service does not answer. Below is what it said last."),

    WELL("服务正常", "The service is well"),
    NOT_WELL("服务异常", "The service is not well"),
    NOT_WELL_PARTS("异常部件：%s", "Not well: %s"),
    ALL_WELL("%s 个部件全部正常", "All %s parts are well"),
    ALL_ONE_WELL("唯一的部件正常", "The one part is well"),
    NO_PARTS("没有登记任何部件", "No part has been registered"),
    AWAY("数据库没有应答", "The database does not answer"),
    AWAY_SINCE("自 %s 起数据库没有应答。", "The database has not answered since %s."),
    AWAY_OLD("来自数据库的数字停留在 %s。", "Figures from the database are as of %s."),
    AWAY_NONE("还没有读到过数据库中的数字。", "No figures have been read from it yet."),
    READ_AT("数据库数字读取于 %s", "Database figures read at %s"),
    READ_NEVER("数据库数字尚未读取", "Database figures not read yet"),
    SHOWN_AT("本页时间 %s，北京时间", "Page of %s, China time (UTC+8)"),

    PARTS("部件", "Parts"),
    PART_WELL("正常", "well"),
    PART_NOT_WELL("异常", "not well"),
    RUNS_SINCE("启动时间", "Running since"),
    RUNS_FOR("已运行 %s", "for %s"),
    VERSION("版本", "Version"),
    DATABASE_SERVER("数据库服务器", "Database server"),
    EDITION_APACHE("Apache 版", "Apache edition"),
    EDITION_COMMUNITY("社区版", "Community edition"),

    RATES("每秒", "Per second"),
    RATES_OVER("最近 %s", "over the last %s"),
    RATES_WAIT("正在采样", "being measured"),
    NOW("当前", "Now"),
    SINCE_START("启动以来", "Since the start"),
    RECEIVED("接收消息", "Messages received"),
    ACKNOWLEDGED("确认消息", "Messages acknowledged"),
    STORED("入库读数", "Readings stored"),
    DUPLICATES("重复读数", "Duplicates"),
    DEAD_LETTERS("死信", "Dead letters"),
    LATE("迟到读数", "Delayed readings"),
    REFUSED("拒绝或断开的连接", "Connections refused or ended"),
    ACK_LOST("确认未送达", "Acknowledgements lost"),
    RETRIES("批次重试", "Batches retried"),
    UNKNOWN_FIELDS("未声明字段", "Undeclared fields"),
    CONNECTIONS("已连接终端", "Devices connected"),
    PAUSED("暂停接收的连接", "Connections held back"),
    UNACKED("未确认消息", "Messages un-acknowledged"),
    UNACKED_BYTES("未确认字节", "Bytes un-acknowledged"),
    UNACKED_OLDEST("最早一条已等待", "The oldest waits for"),
    REJUDGE_MARKS("待重新研判", "Readings to judge again"),
    BATCHES("批次", "Batches"),
    BATCH_MEAN("批次平均行数", "Rows a batch, mean"),
    BATCH_MAX("批次最大行数", "Rows a batch, max"),
    COMMIT_MEAN("提交平均用时", "Commit time, mean"),
    COMMIT_MAX("提交最长用时", "Commit time, max"),
    MAX_NOTE("平均值自启动起算；最大值为最近几分钟", "Means since the start; maxima of the last minutes"),

    STREAMS("数据流", "Streams"),
    STREAM("数据流", "Stream"),
    ROWS("读数（约）", "Readings, about"),
    NEWEST("最新读数", "Newest reading"),
    NOT_COUNTED("待统计", "not counted yet"),
    NO_READING("尚无读数", "none yet"),
    NO_STREAMS("没有声明数据流", "No stream is declared"),

    EQUIPMENT("已登记设备", "Registered equipment"),
    CATEGORY("设备种类", "Equipment category"),
    NUMBER("数量", "Number"),
    TOTAL("合计", "Total"),
    NO_EQUIPMENT("尚未登记设备", "No equipment is registered yet"),
    DEVICES("终端账号", "Device logins"),
    DEVICES_ENABLED("启用", "Enabled"),
    DEVICES_DISABLED("停用", "Disabled"),

    ALERTS("未关闭告警", "Open alerts"),
    SEVERITY("级别", "Severity"),
    ALERTS_OPEN("未确认", "Not acknowledged"),
    ALERTS_ACKNOWLEDGED("已确认", "Acknowledged"),
    SEVERITY_EMERGENCY("紧急", "Emergency"),
    SEVERITY_CRITICAL("严重", "Critical"),
    SEVERITY_WARNING("警告", "Warning"),
    SEVERITY_NOTICE("提示", "Notice"),

    REASON("原因", "Reason"),
    KEPT("留存", "Kept"),
    NO_DEAD_LETTERS("没有死信", "No dead letters"),
    REASON_NOT_JSON("不是有效的 JSON", "Not JSON"),
    REASON_NOT_UTF8("不是 UTF-8", "Not UTF-8"),
    REASON_DUPLICATE_KEY("JSON 键重复", "A JSON key twice"),
    REASON_TOO_MANY_READINGS("一条消息内读数过多", "Too many readings in one message"),
    REASON_WRONG_TYPE("类型错误", "Wrong type"),
    REASON_OUT_OF_RANGE("超出量程", "Out of range"),
    REASON_TEXT_TOO_LONG("文本过长", "Text too long"),
    REASON_FORBIDDEN_CHARACTER("含禁用字符", "Forbidden character"),
    REASON_UNKNOWN_WORD("未知取值", "Unknown word"),
    REASON_UNKNOWN_CODE("未知代码", "Unknown code"),
    REASON_MISSING_FIELD("缺少字段", "Field missing"),
    REASON_MISSING_TIME("缺少时间", "Time missing"),
    REASON_BAD_TIME("时间无法识别", "Time not readable"),
    REASON_TIME_AHEAD("时间超前", "Time ahead"),
    REASON_TOO_OLD("时间过旧", "Too old"),
    REASON_UNKNOWN_STREAM("未知数据流", "Unknown stream"),
    REASON_UNREGISTERED_EQUIPMENT("设备未登记", "Equipment not registered"),
    REASON_CONFLICT("与已存读数冲突", "Conflict with a stored reading"),
    REASON_REFUSED_BY_DATABASE("数据库拒绝", "Refused by the database"),

    ENDING_MALFORMED("报文格式错误", "Malformed packet"),
    ENDING_PROTOCOL_ERROR("协议错误", "Protocol error"),
    ENDING_UNSUPPORTED_VERSION("协议版本不支持", "Unsupported version"),
    ENDING_BAD_LOGIN("登录失败", "Bad login"),
    ENDING_NOT_BOUND("未绑定该设备", "Not bound to the equipment"),
    ENDING_SUBSCRIPTION("不允许订阅", "Subscription"),
    ENDING_TOO_MANY_CONNECTIONS("连接过多", "Too many connections"),
    ENDING_SHUTTING_DOWN("服务正在停止", "Shutting down"),
    ENDING_SILENT("心跳超时", "Silent"),
    ENDING_TAKEN_OVER("同一终端再次登录", "Taken over by a newer login"),
    ENDING_BAD_TOPIC("主题错误", "Bad topic"),
    ENDING_RECEIVE_MAXIMUM_EXCEEDED("在途消息过多", "Too many in flight"),
    ENDING_TOPIC_ALIAS("主题别名错误", "Topic alias"),
    ENDING_PACKET_TOO_LARGE("报文过大", "Packet too large"),
    ENDING_HELD_BACK_TOO_LONG("暂停过久", "Held back too long"),
    ENDING_LOGIN_WITHDRAWN("账号已停用", "Login withdrawn"),
    ENDING_RETAIN("不支持保留消息", "Retain"),
    ENDING_QOS_2("不支持 QoS 2", "QoS 2"),
    ENDING_NO_CONNECT("未发送 CONNECT", "No CONNECT"),
    ENDING_BUG("服务内部错误", "Our own error"),

    CATEGORY_ELEVATOR("电梯", "Elevator"),
    CATEGORY_BOILER("锅炉", "Boiler"),
    CATEGORY_FILLING_MACHINE("充装机", "Filling machine"),
    CATEGORY_PRESSURE_VESSEL("压力容器", "Pressure vessel"),
    CATEGORY_GAS_CYLINDER("气瓶", "Gas cylinder"),
    CATEGORY_CRANE("起重机械", "Crane"),
    CATEGORY_IN_PLANT_VEHICLE("场（厂）内专用机动车辆", "In-plant motor vehicle"),
    CATEGORY_AMUSEMENT_RIDE("大型游乐设施", "Large amusement ride"),
    CATEGORY_PRESSURE_PIPING("压力管道", "Pressure piping"),
    CATEGORY_PASSENGER_ROPEWAY("客运索道", "Passenger ropeway"),

    PART_DATABASE("数据库", "Database"),
    PART_MQTT("MQTT 接入", "MQTT"),
    PART_INGEST("数据接入", "Ingest"),
    PART_LANES("处理通道", "Lanes"),
    PART_DEVICES("终端目录", "Devices"),
    PART_ALERTING("告警", "Alerting"),
    PART_AUDIT("审计封存", "Audit seals"),

    MILLISECONDS("%s 毫秒", "%s ms"),
    SECONDS("%s 秒", "%s s"),
    MINUTES("%s 分", "%s min"),
    HOURS("%s 小时", "%s h"),
    DAYS("%s 天", "%s d"),
    AGO("%s前", "%s ago"),
    AHEAD("超前 %s", "%s ahead"),

    TO_STATUS("查看运行状态", "To the status page"),
    ERROR_400("请求无法识别", "The request cannot be read"),
    ERROR_404("没有这个页面", "There is no such page"),
    ERROR_405("此地址不支持该操作", "This address does not take that method"),
    ERROR_413("请求内容过大", "The request is too large"),
    ERROR_500("服务内部出错，已记入日志", "Something went wrong inside; it is in the log");

    private final String zh;
    private final String en;

    Word(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    Label label() {
        return new Label(zh, en);
    }

    /** The word for a code that other modules made, such as a dead letter's reason; empty when the pages have none for it. */
    static Optional<Word> of(String family, String code) {
        String name =
                family + "_" + code.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        for (Word word : values()) {
            if (word.name().equals(name)) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }
}
