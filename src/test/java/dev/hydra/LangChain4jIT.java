package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicModelCatalog;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.catalog.ModelCatalog;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiImageModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiModelCatalog;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiImageModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's modules for OpenAI, Anthropic and Gemini against the executable WAR in demo mode. */
class LangChain4jIT {
    private static final String GEMINI = "gemini-3-flash-preview";
    private static final String CLAUDE = "claude-sonnet-4-5";
    private static final String DRAWS = "gemini-2.5-flash-image";
    private static final String EMBEDS = "gemini-embedding-001";
    private static final String KEY = "sk-hydra-local";

    @TempDir
    private static Path home;
    private static RunningHydra hydra;

    /** One of LangChain4j's modules; each makes its models anew, for the address is known only when the gateway runs. */
    enum Module {
        OPENAI {
            @Override
            ChatModel chat() {
                return OpenAiChatModel.builder().baseUrl(at("/v1")).apiKey(KEY).modelName(GEMINI).maxRetries(0).build();
            }

            @Override
            StreamingChatModel streaming() {
                return OpenAiStreamingChatModel.builder().baseUrl(at("/v1")).apiKey(KEY).modelName(GEMINI).build();
            }

            @Override
            EmbeddingModel embeddings() {
                return OpenAiEmbeddingModel.builder().baseUrl(at("/v1")).apiKey(KEY).modelName(EMBEDS).maxRetries(0).build();
            }

            @Override
            ImageModel images() {
                return OpenAiImageModel.builder().baseUrl(at("/v1")).apiKey(KEY).modelName(DRAWS).maxRetries(0)
                        .build();
            }

            @Override
            ModelCatalog models() {
                return OpenAiModelCatalog.builder().baseUrl(at("/v1")).apiKey(KEY).build();
            }
        },
        ANTHROPIC {
            @Override
            ChatModel chat() {
                return AnthropicChatModel.builder().baseUrl(at("/v1/")).apiKey(KEY).modelName(CLAUDE).maxRetries(0).build();
            }

            @Override
            StreamingChatModel streaming() {
                return AnthropicStreamingChatModel.builder().baseUrl(at("/v1/")).apiKey(KEY).modelName(CLAUDE).build();
            }

            @Override
            EmbeddingModel embeddings() {
                throw new AssertionError("Anthropic has no embeddings");
            }

            @Override
            ImageModel images() {
                throw new AssertionError("Anthropic makes no pictures");
            }

            @Override
            ModelCatalog models() {
                return AnthropicModelCatalog.builder().baseUrl(at("/v1/")).apiKey(KEY).build();
            }
        },
        GOOGLE {
            @Override
            ChatModel chat() {
                return GoogleAiGeminiChatModel.builder().baseUrl(at("/v1beta")).apiKey(KEY).modelName(GEMINI).maxRetries(0).build();
            }

            @Override
            StreamingChatModel streaming() {
                return GoogleAiGeminiStreamingChatModel.builder().baseUrl(at("/v1beta")).apiKey(KEY).modelName(GEMINI).build();
            }

            @Override
            EmbeddingModel embeddings() {
                return GoogleAiEmbeddingModel.builder().baseUrl(at("/v1beta")).apiKey(KEY).modelName(EMBEDS).maxRetries(0).build();
            }

            @Override
            ImageModel images() {
                return GoogleAiGeminiImageModel.builder().baseUrl(at("/v1beta")).apiKey(KEY).modelName(DRAWS).build();
            }

            @Override
            ModelCatalog models() {
                return GoogleAiGeminiModelCatalog.builder().baseUrl(at("/v1beta")).apiKey(KEY).build();
            }
        };

        abstract ChatModel chat();

        abstract StreamingChatModel streaming();

        abstract EmbeddingModel embeddings();

        abstract ImageModel images();

        abstract ModelCatalog models();

        private static String at(String path) {
            return hydra.url() + path;
        }
    }

    @BeforeAll
    static void start() {
        hydra = RunningHydra.start(home, Map.of(), "--demo");
    }

    @AfterAll
    static void stop() {
        hydra.close();
    }

    private static ToolSpecification tells(String what) {
        return ToolSpecification.builder().name("get_" + what).description("Tells the " + what + " of a city")
                .parameters(JsonObjectSchema.builder().addStringProperty("city").required("city").build()).build();
    }

    private static ChatResponse streamed(StreamingChatModel model, ChatRequest request) throws Exception {
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        StringBuilder pieces = new StringBuilder();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.append(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        });
        ChatResponse response = complete.get(30, TimeUnit.SECONDS);
        String text = response.aiMessage().text();
        assertThat(pieces).hasToString(text == null ? "" : text);
        return response;
    }

    /** The model's calls answered in their order, and what it says then. */
    private static String goesOn(ChatModel model, List<ChatMessage> said, AiMessage asked, ToolSpecification... tools) {
        said.add(asked);
        for (ToolExecutionRequest call : asked.toolExecutionRequests()) {
            said.add(ToolExecutionResultMessage.from(call, call.name() + " of 7"));
        }
        return model.chat(ChatRequest.builder().messages(said).toolSpecifications(tools).build()).aiMessage().text();
    }

    @ParameterizedTest
    @EnumSource
    void chat(Module module) {
        ChatResponse reply = module.chat().chat(UserMessage.from("Say hello"));

        assertThat(reply.aiMessage().text()).contains("Say hello");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(reply.tokenUsage().totalTokenCount()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void stream(Module module) throws Exception {
        ChatResponse reply = streamed(module.streaming(), ChatRequest.builder().messages(UserMessage.from("Say hello")).build());

        assertThat(reply.aiMessage().text()).contains("Say hello");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @ParameterizedTest
    @EnumSource
    void toolRoundTrip(Module module) {
        ToolSpecification weather = tells("weather");
        List<ChatMessage> said = new ArrayList<>(List.of(UserMessage.from("What is the weather in Oslo?")));

        AiMessage asked = module.chat().chat(ChatRequest.builder().messages(said).toolSpecifications(weather)
                .toolChoice(ToolChoice.REQUIRED).build()).aiMessage();

        assertThat(asked.toolExecutionRequests()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("get_weather");
            assertThat(Json.object(call.arguments()).getString("city")).isEqualTo("Oslo");
        });
        assertThat(goesOn(module.chat(), said, asked, weather)).contains("get_weather of 7");
    }

    @ParameterizedTest
    @EnumSource
    void parallelToolsStreamed(Module module) throws Exception {
        ToolSpecification weather = tells("weather");
        ToolSpecification time = tells("time");
        List<ChatMessage> said = new ArrayList<>(List.of(UserMessage.from("Tell weather and time in Oslo")));

        AiMessage asked = streamed(module.streaming(), ChatRequest.builder().messages(said).toolSpecifications(weather, time)
                .toolChoice(ToolChoice.REQUIRED).build()).aiMessage();

        assertThat(asked.toolExecutionRequests()).extracting(ToolExecutionRequest::name).containsExactlyInAnyOrder("get_weather",
                "get_time");
        assertThat(goesOn(module.chat(), said, asked, weather, time)).contains("get_weather of 7", "get_time of 7");
    }

    @ParameterizedTest
    @EnumSource
    void structuredOutput(Module module) {
        JsonSchema person = JsonSchema.builder().name("person").rootElement(
                JsonObjectSchema.builder().addStringProperty("name").addIntegerProperty("age").required("name", "age").build()).build();

        String text = module.chat().chat(ChatRequest.builder().messages(UserMessage.from("I met Ada, 36"))
                .responseFormat(ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(person).build()).build()).aiMessage()
                .text();

        JsonObject made = Json.object(text);
        assertThat(made.getString("name")).isEqualTo("Ada");
        assertThat(made.getInt("age")).isEqualTo(36);
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void embeddings(Module module) {
        var embedded = module.embeddings().embedAll(List.of(TextSegment.from("one"), TextSegment.from("two"))).content();

        assertThat(embedded).hasSize(2).doesNotHaveDuplicates().allSatisfy(vector -> assertThat(vector.dimension()).isGreaterThan(100));
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void images(Module module) {
        Image image = module.images().generate("A boat").content();

        assertThat(Base64.getDecoder().decode(image.base64Data())).startsWith(0x89, 'P', 'N', 'G');
    }

    @ParameterizedTest
    @EnumSource
    void models(Module module) {
        assertThat(module.models().listModels()).extracting(ModelDescription::name).contains(GEMINI);
    }
}
