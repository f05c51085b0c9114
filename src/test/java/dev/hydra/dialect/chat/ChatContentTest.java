package dev.hydra.dialect.chat;

import static dev.hydra.dialect.chat.Chats.content;
import static dev.hydra.dialect.chat.Chats.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Part.Source.Inline;
import dev.hydra.conversation.Part.Source.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatContentTest {
    private static Part.Media media(String part) {
        return (Part.Media) content(part).getFirst();
    }

    private static Part.Media image(String url) {
        return media("{'type':'image_url','image_url':{'url':'" + url + "'}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"data:image/png;base64,AAEC|image/png|AAEC",
        "data:image/png;charset=utf-8;base64,AAEC|image/png|AAEC", "DATA:IMAGE/PNG;BASE64,AAEC|image/png|AAEC", "data:;base64,AAEC||AAEC",
        "data:base64,AAEC||AAEC", "data:image/png;base64,__-_|image/png|//+/", "data:image/png;base64,AAE|image/png|AAE=",
        "data:image/png;base64,AA|image/png|AA==", "data:image/png;base64,AA AA AA==|image/png|AAAAAA==",
        "data:image/png;base64,%2B%2F8%3D|image/png|+/8=", "data:text/plain,a%20b|text/plain|YSBi", "data:text/plain,hi%|text/plain|aGkl"})
    void dataUris(String uri, String type, String base64) {
        Part.Media image = image(uri);
        assertThat(image.mimeType()).isEqualTo(type == null ? "" : type);
        assertThat(image.source()).isEqualTo(new Inline(base64));
    }

    @Test
    void linksStayLinks() {
        assertThat(image("https://example.org/a.png").source()).isEqualTo(new Link("https://example.org/a.png"));
        assertThat(image("gs://bucket/a.png").source()).isEqualTo(new Link("gs://bucket/a.png"));
        assertThat(media("{'type':'image_url','image_url':'https://example.org/a.png'}").source())
                .isEqualTo(new Link("https://example.org/a.png"));
        assertThat(media("{'type':'video_url','video_url':{'url':'https://youtu.be/x'},'video_metadata':{'start_offset':'3s'}}").clip())
                .hasToString("{\"startOffset\":\"3s\"}");
    }

    @Test
    void detailIsKept() {
        assertThat(media("{'type':'image_url','image_url':{'url':'https://e.org/a','detail':'HIGH'}}").detail()).isEqualTo("high");
    }

    @Test
    void soundsAndFilmsGetTheTypeOfTheirFormat() {
        assertThat(media("{'type':'input_audio','input_audio':{'data':'AAAA','format':'mp3'}}").mimeType()).isEqualTo("audio/mp3");
        assertThat(media("{'type':'input_audio','input_audio':{'data':'data:audio/wav;base64,AAAA'}}").mimeType()).isEqualTo("audio/wav");
        assertThat(media("{'type':'input_video','input_video':{'data':'AAAA','format':'mp4'}}").mimeType()).isEqualTo("video/mp4");
    }

    @Test
    void filesAreTypedByTheirUriElseByTheirName() {
        assertThat(media("{'type':'file','file':{'file_data':'data:application/pdf;base64,AAAA','filename':'a.txt'}}").mimeType())
                .isEqualTo("application/pdf");
        Part.Media bare = media("{'type':'file','file':{'file_data':'AAAA','filename':'Report.PDF'}}");
        assertThat(bare.mimeType()).isEqualTo("application/pdf");
        assertThat(bare.name()).isEqualTo("Report.PDF");
        assertThat(media("{'type':'file','file':{'file_data':'data:application/octet-stream;base64,AAAA','filename':'a.csv'}}").mimeType())
                .isEqualTo("text/csv");
        assertThat(media("{'type':'file','file':{'file_id':'files/abc'}}").source()).isEqualTo(new Link("files/abc"));
    }

    @Test
    void emptyTextsAreLeftOut() {
        assertThat(content("{'type':'text','text':''},{'type':'text','text':' '},'bare'")).containsExactly(new Part.Text(" "),
                new Part.Text("bare"));
    }

    @Test
    void wrongPartsAreRefusedByPath() {
        assertThat(user("{'type':'image_url','image_url':{'url':7}}"))
                .isEqualTo("'messages[0].content[0].image_url.url' must be a string, but is a number.");
        assertThat(user("{'type':'image_url','image_url':{'url':null}}"))
                .isEqualTo("'messages[0].content[0].image_url.url' is required and must be a string.");
        assertThat(user("{'type':'image_url','image_url':[]}")).contains("'messages[0].content[0].image_url' must be an object");
        assertThat(user("{'type':'image_url'}")).contains("'messages[0].content[0].image_url.url' is required");
        assertThat(user("{'type':'image_url','image_url':{'url':'ftp://x'}}")).contains("must be an https URL or a data URI");
        assertThat(user("{'type':'image_url','image_url':{'url':'data:image/png;base64,!!'}}")).contains("is not base64");
        assertThat(user("{'type':'image_url','image_url':{'url':'data:image/png;base64,'}}")).contains("holds no data");
        assertThat(user("{'type':'file','file':{'file_id':'file-abc'}}")).startsWith("'messages[0].content[0].file.file_id'");
        assertThat(user("{'type':'file','file':{}}")).startsWith("'messages[0].content[0].file.file_data' is required");
        assertThat(user("{'type':'input_audio','input_audio':{}}")).startsWith("'messages[0].content[0].input_audio.data' is required");
        assertThat(user("{'type':'hologram'}")).contains("must be one of text").contains("'hologram'");
        assertThat(user("{'type':'text','text':{}}")).isEqualTo("'messages[0].content[0].text' must be a string, but is an object.");
        assertThat(user("5")).isEqualTo("'messages[0].content[0]' must be an object, but is a number.");
    }

    private static String user(String part) {
        return refusal("{'model':'m','messages':[{'role':'user','content':[" + part + "]}]}").getMessage();
    }
}
