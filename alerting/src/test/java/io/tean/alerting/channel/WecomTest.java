package io.tean.alerting.channel;

class WecomTest extends RobotContract {
    @Override
    String yaml(String url) {
        return "- name: robot\n  kind: wecom\n  url: " + url + "?key=abc";
    }

    @Override
    String textAt() {
        return "/text/content";
    }

    @Override
    String code(int number) {
        return "{\"errcode\": " + number + ", \"errmsg\": \"x\"}";
    }

    @Override
    int tooFast() {
        return 45009;
    }

    @Override
    int longest() {
        return 2_048;
    }
}
