package io.tean.dashboards.screen;

import io.tean.core.stream.Label;
import java.util.Locale;
import java.util.Optional;

/** Everything that the pages say, once in each language. %s stands for what the page fills in. */
public enum Word {
    TEAN("特安", "Tean"),
    STATUS("运行状态", "Status"),
    NAV_DEVICES("终端", "Devices"),
    NAV_ACCOUNTS("账号", "Accounts"),
    NAV_TOKENS("接口令牌", "API tokens"),
    NAV_AUDIT("操作审计", "Audit"),
    MENU("菜单", "Menu"),
    LOGOUT("退出", "Log out"),
    PASSWORD_PAGE("修改密码", "Change password"),
    ROLE_DISPATCHER("值班员", "Duty operator"),
    ROLE_INSPECTOR("安全监察人员", "Supervision officer"),
    ROLE_FIRM("维保单位", "Maintenance firm"),
    ROLE_STATION("站点", "Station"),
    ROLE_USE_UNIT("使用单位", "Use unit"),
    ROLE_ADMINISTRATOR("系统管理员", "Administrator"),
    ROLE_READ_ONLY("只读", "Read only"),
    CLOSE("关闭", "Close"),
    PAGES("分页", "Pages"),
    ROWS_SHOWN("第 %s–%s 条，共 %s 条", "%s–%s of %s"),
    MORE_THAN("超过 ", "more than "),
    PAGE_BEFORE("上一页", "Previous"),
    PAGE_AFTER("下一页", "Next"),
    PAGE_FIRST("回到第一页", "To the first page"),
    EXPORT_CSV("导出 CSV", "Export CSV"),
    SEARCH("搜索", "Search"),
    ALL("全部", "All"),
    NOTHING_FOUND("没有符合条件的记录", "Nothing matches"),
    NOTHING_YET("暂无记录", "Nothing here yet"),
    BACK("返回列表", "Back to the list"),

    LOGIN("登录", "Log in"),
    LOGIN_NAME("账号", "Account"),
    LOGIN_PASSWORD("密码", "Password"),
    LOGIN_FAILED("账号或密码不正确", "Account or password is not right"),
    LOGIN_WAIT("尝试次数过多，请等待 %s 秒后再试", "Too many attempts: wait %s s and try again"),
    LOGIN_HELP("忘记密码请联系系统管理员", "Forgotten? Ask your administrator for a one-time password"),
    PASSWORD_DUE("您正在使用一次性密码，请先设置自己的密码。", "You came in with a one-time password. Set your own one first."),
    PASSWORD_CURRENT("当前密码", "Present password"),
    PASSWORD_FRESH("新密码", "New password"),
    PASSWORD_FRESH_HINT("至少 10 个字符，越长越好", "At least 10 characters; longer is better"),
    PASSWORD_AGAIN("再次输入新密码", "New password again"),
    PASSWORD_SAVE("保存新密码", "Save the new password"),
    WRONG_PASSWORD("密码不正确", "This is not the password"),
    WRONG_PASSWORD_LENGTH("密码须为 10 至 128 个字符", "A password has 10 to 128 characters"),
    WRONG_PASSWORD_OBVIOUS("密码过于简单，或包含账号名", "Too simple, or it contains the account's name"),
    WRONG_PASSWORD_SAME("新密码与当前密码相同", "This is the present password"),
    WRONG_PASSWORD_AGAIN("两次输入不一致", "The two are not the same"),
    WRONG_ACCOUNT_NAME(
            "账号须为 2 至 40 个小写字母、数字、点、下划线或连字符，以字母开头",
            "2 to 40 small letters, digits, dots, underscores or hyphens, beginning with a letter"),
    WRONG_ACCOUNT_TAKEN("该账号已存在", "There is an account of this name already"),
    WRONG_DISPLAY_NAME("请填写姓名，1 至 60 个字符", "A name of 1 to 60 characters is needed"),
    WRONG_ROLE("请选择角色", "Choose a role"),
    WRONG_LAST_ADMINISTRATOR("这是最后一个可用的系统管理员", "This is the last administrator who can log in"),
    WRONG_ORGANISATION_MISSING("该角色必须填写所属单位的统一社会信用代码", "This role needs the credit code of an organisation"),
    WRONG_ORGANISATION_ROLE("该角色不属于任何单位", "This role belongs to no organisation"),
    WRONG_ORGANISATION_UNKNOWN("没有该统一社会信用代码的单位", "There is no organisation with this credit code"),
    WRONG_ORGANISATION_KIND("该单位的类型与角色不符", "An organisation of this kind does not fit the role"),
    WRONG_DIVISION("行政区划代码须为 6 位数字", "A division code has six digits"),
    WRONG_DIVISION_ROLE("该角色不能限定行政区划", "This role cannot be held to a division"),
    DONE_LOGGED_OUT("已退出登录", "You have logged out"),
    DONE_PASSWORD("密码已修改", "The password has been changed"),
    STREAM_LOST(
            "与服务的实时连接已中断，本页可能不是最新。正在重新连接……",
            "The live connection to the service is lost; this page may be out of date. Reconnecting …"),
    DATABASE_LOST(
            "服务连不上数据库，本页停留在最后读到的内容。", "The service cannot reach its database; this page stands at what was read last."),
    SESSION_OVER("会话已结束，请重新登录。", "Your session has ended. Please log in again."),
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

    TO_START("返回首页", "To the start page"),
    ERROR_400("请求无法识别", "The request cannot be read"),
    ERROR_401("请先登录", "Please log in"),
    ERROR_403("您的角色不能进行此操作", "Your role may not do this"),
    ERROR_CSRF("请求不是从本站页面发出的，请重新打开页面再试", "The request did not come from our own page; open the page again and retry"),
    ERROR_404("没有这个页面", "There is no such page"),
    ERROR_405("此地址不支持该操作", "This address does not take that method"),
    ERROR_409("内容已被他人更改，请查看最新状态", "Somebody else has changed it meanwhile; see its present state"),
    ERROR_413("请求内容过大", "The request is too large"),
    ERROR_414("网址过长", "The address is too long"),
    ERROR_415("不支持的内容类型", "The content type is not supported"),
    ERROR_422("有些字段填写不正确", "Some fields cannot be used"),
    ERROR_429("尝试过于频繁，请稍后再试", "Too many attempts; try again later"),
    ERROR_431("请求头过大", "The head of the request is too large"),
    ERROR_500("服务内部出错，已记入日志", "Something went wrong inside; it is in the log"),
    ERROR_BUSY("服务繁忙，请稍后再试", "The service is busy; try again in a moment"),
    ERROR_DATABASE("数据库没有应答，请稍后再试", "The database does not answer; try again in a moment");

    private final String zh;
    private final String en;

    Word(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public Label label() {
        return new Label(zh, en);
    }

    /** What a page says once after a change; only these words can be asked for in an address. */
    public static Optional<Word> done(String code) {
        return of("DONE", code);
    }

    /** The word for a code that other modules made, such as a dead letter's reason; empty when the pages have none for it. */
    public static Optional<Word> of(String family, String code) {
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
