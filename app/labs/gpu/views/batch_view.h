// Something over the batch: TFLOP/s with what others have published, latency with the limits of MLPerf. The
// batch axis is logarithmic. A click on a measured point asks for the moment when it was measured.
#pragma once

#include "app/labs/gpu/gpu_pictures.h"
#include "widgets/plot/plot.h"

namespace orrery::panel {

class BatchView final : public Plot {
    Q_OBJECT

  public:
    explicit BatchView(QWidget* parent = nullptr);
    void setPicture(BatchPicture picture);
    [[nodiscard]] const BatchPicture& picture() const { return m_picture; }

  Q_SIGNALS:
    void batchChosen(qint64 batch);

  private:
    void rescale();
    void paintLimits(QPainter& painter) const;
    [[nodiscard]] std::vector<QRectF> limitBoxes() const; ///< of their names: where no line passes
    struct Near {
        const LabelledLine* line = nullptr;
        std::size_t at = 0;
    };
    [[nodiscard]] static qint64 batchOf(const Near& near);
    [[nodiscard]] Near nearest(QPointF pixel) const;

    BatchPicture m_picture;
    LabelledLines* m_lines; ///< x is log₂ of the batch
};

} // namespace orrery::panel
