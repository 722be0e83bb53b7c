package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The bill of materials has no parent, so that importing it imports nothing else; what a parent would do is compared here. */
class BomTest {
    private final XPath path = XPathFactory.newInstance().newXPath();

    private static Document pom(String directory) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("..", directory, "pom.xml").toFile());
    }

    private List<String> texts(Document pom, String expression) throws Exception {
        NodeList found = (NodeList) path.evaluate(expression, pom, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    @Test
    void managesAllThatIsForOthersAndNothingElse() throws Exception {
        List<String> published = new ArrayList<>(texts(pom("."), "/project/modules/module"));
        published.removeAll(List.of("ticketmesh-bom", "ticketmesh-sample"));
        Document bom = pom("ticketmesh-bom");

        assertThat(texts(bom, "/project/dependencyManagement/dependencies/dependency/artifactId"))
                .isEqualTo(published);
        assertThat(texts(bom, "/project/dependencyManagement/dependencies/dependency/version"))
                .containsOnly("${project.version}");
        assertThat(texts(bom, "/project/parent")).isEmpty();
    }

    @Test
    void hasTheVersionOfTheBuild() throws Exception {
        assertThat(texts(pom("ticketmesh-bom"), "/project/version")).isEqualTo(texts(pom("."), "/project/version"));
    }
}
