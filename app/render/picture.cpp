#include "app/render/picture.h"

#include <QBuffer>
#include <QFileInfo>
#include <QPainter>
#include <QPdfWriter>
#include <QPixmap>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>
#include <fmt/format.h>

namespace orrery {

namespace {

constexpr int kScreenDpi = 96;

void renderPng(QWidget& widget, QIODevice& device) {
    widget.grab().save(&device, "PNG");
}

void renderSvg(QWidget& widget, QIODevice& device) {
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setSize(widget.size());
    generator.setViewBox(widget.rect());
    generator.setResolution(kScreenDpi);
    generator.setTitle(QStringLiteral("Orrery"));
    QPainter painter(&generator);
    widget.render(&painter);
}

void renderPdf(QWidget& widget, QIODevice& device) {
    QPdfWriter writer(&device);
    writer.setCreator(QStringLiteral("Orrery"));
    writer.setResolution(kScreenDpi);
    writer.setPageMargins({});
    writer.setPageSize(QPageSize(QSizeF(widget.size()) * 72.0 / kScreenDpi, QPageSize::Point));
    QPainter painter(&writer);
    widget.render(&painter);
}

} // namespace

Expected<void> writePicture(QWidget& widget, const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    QByteArray picture;
    QBuffer buffer(&picture);
    buffer.open(QIODevice::WriteOnly);
    if (suffix == u"png")
        renderPng(widget, buffer);
    else if (suffix == u"svg")
        renderSvg(widget, buffer);
    else if (suffix == u"pdf")
        renderPdf(widget, buffer);
    else
        return fail(fmt::format("{}: a picture is a .png, .svg or .pdf file", path.toStdString()));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(picture) != picture.size() || !file.commit())
        return fail(fmt::format("{}: {}", path.toStdString(), file.errorString().toStdString()));
    return {};
}

} // namespace orrery
